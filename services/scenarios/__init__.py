"""Sets of assets to begin a demo with, and to come back to.

``service`` (load, save, compare, go back), ``shipped`` (with ``crowded``, made from a seed),
``checkpoints`` (saved ones), ``lines`` (their files), ``comparing``, ``replacing`` and
``replacement`` (all assets at once, over a crash too), ``locking`` (one at a time).
"""
