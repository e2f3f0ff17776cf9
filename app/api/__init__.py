"""The HTTP API, over the same services as the pages.

``routes`` (assets and `/healthz`), ``imports`` and ``exports`` (files), ``report`` and ``pictures``
(downloads of a session and of a review), ``modules`` (JavaScript), ``errors`` (one
table: which error is which status code).
"""
