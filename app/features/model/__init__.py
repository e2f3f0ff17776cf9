"""The Model page, and what today's model changes against what is stored.

``file`` (does it work?), ``fields`` (a table of them), ``findings`` (one card each), ``steps``
(what can be done), ``confirm`` (previewed first), ``runs`` (progress and undo), ``words``.
"""
