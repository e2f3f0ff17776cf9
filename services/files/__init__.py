"""Tables in files; knows nothing of assets.

``reading`` reads a file as a ``sheet``, ``isolated`` does so that no file can end the app, fill its
memory or hang it (in a ``worker``, a process of its own); ``writing`` is the way back. Formats:
``csv_files``, ``excel``, ``json_files``, ``dynamodb``. Texts: ``decoding``, ``escape``.
"""
