"""What the gallery has to know of how pictures are compared, and of how much can be said."""

THRESHOLD = 16
"""A pixel differs if its red, green or blue does by more than this, of 255."""
BLOCK = 8
"""What differs is marked by squares of so many pixels."""
LONGEST = 1500
"""So many characters has a comment or a pin at the most."""
LIMITS = {"threshold": THRESHOLD, "block": BLOCK, "longest": LONGEST}
