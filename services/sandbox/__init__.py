"""Baskets of one's own: ``service`` (made, reset, removed), ``sandbox`` (what each keeps)."""
