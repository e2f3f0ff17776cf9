"""Saved views: ``views``; `views.js` (one click), `saved_views.js` (in the toolbar's panel)."""
