"""Sets of assets to begin a demo with, and to come back to."""
