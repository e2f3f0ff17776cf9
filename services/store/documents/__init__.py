"""Small documents beside assets.

``documents`` (any), ``kinds`` and ``collection`` (of sessions).
"""
