"""Sessions.

``service``, ``beginning`` (with known data), ``presence`` (who is here).
"""
