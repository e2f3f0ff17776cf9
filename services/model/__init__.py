"""What the demo is about, as pydantic models. `asset.py` is the one file a builder edits."""
