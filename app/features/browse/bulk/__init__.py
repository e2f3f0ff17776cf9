"""One change to many assets.

``bar`` (what can be done), ``form``, ``job`` (progress), ``words``.
"""
