"""The product as people and programs meet it: pages' frame and pieces, HTTP API, wiring."""
