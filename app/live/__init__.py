"""Live updates: pages follow changes that others make, without a click.

``broadcaster`` (the websocket `/live` and its version stamps), ``updates`` (what a page reruns for;
its browser side is `updates.js`), ``leading`` (messages of "follow me" on the same websocket).
"""
