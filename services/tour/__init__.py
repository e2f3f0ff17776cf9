"""Guided tours.

``script`` (a demo script: ``part``, ``action``, ``outcome``), ``expecting`` (does it fit the
basket?), ``progress`` (of one visitor), ``service``, ``led`` (all on one tour together).
"""
