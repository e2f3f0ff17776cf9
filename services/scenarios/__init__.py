"""Sets of assets to begin a demo with, and to come back to.

``service`` (load, save, compare, go back), ``shipped`` (with ``crowded``, made from a seed),
``checkpoints`` (saved ones), ``lines`` (their files), ``comparing``, ``replacing`` (strategy of a
replacement), ``replacement`` (what the table tells of it), ``locking`` (one at a time).
"""
