"""One change to many assets.

``service``, ``job`` (progress, cancel, undo), ``records`` (kept meanwhile).
"""
