"""One room a feature: its Python, its JavaScript and its CSS side by side.

A page in `pages/` puts them together. ``kept`` lists what outlives a restart of the app.
"""
