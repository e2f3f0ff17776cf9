"""Tests against a Moto server in a process of its own."""
