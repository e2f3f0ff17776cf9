"""Small documents beside assets.

``documents`` (any), ``kinds`` and ``repository`` (of sessions).
"""
