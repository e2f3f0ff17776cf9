"""Baskets of one's own: ``service`` (made, reset, removed), ``sandbox`` (the folder of each)."""
