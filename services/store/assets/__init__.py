"""Writes: assets and their items.

``items`` (an asset to its item and back), ``reading`` and ``fit`` (old items under a new model),
``proving`` (a model before it comes into force), ``writer`` (conditional puts, exactly once),
``repository``, ``amending`` (single attributes), ``overwriting`` (what blind writes lose),
``batch`` (many items).
"""
