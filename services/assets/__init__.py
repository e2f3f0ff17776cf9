"""Assets.

``service`` (add, get, edit, bin, browse), ``exporting``, ``views`` (saved), ``recovery``.
"""
