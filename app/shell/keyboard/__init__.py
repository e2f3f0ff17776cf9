"""Keyboard shortcuts: ``keys``, with `keys.js` and, for the menu of a phone, `menu.js`."""
