"""Assets.

``service`` (add, get, edit, bin, browse), ``exporting``, ``values`` (some replaced), ``views``
(saved), ``recovery``.
"""
