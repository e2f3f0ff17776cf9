"""Saved views: ``views``, with `views.js` (in the toolbar's panel) and `saved.js` (one click)."""
