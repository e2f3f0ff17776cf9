"""Scenarios and checkpoints: ``loading``, ``comparison`` (what would change), ``words``."""
