"""Tables in files: CSV, Excel, JSON, JSON Lines, DynamoDB JSON. Knows nothing of assets.

``reading`` reads a file, ``isolated`` does so that no file can end the app, fill its memory or hang
it (in a ``worker``, a process of its own); ``writing`` is the way back.
"""
