"""Use cases over a DynamoDB table; callable from a page, a route, a test or a notebook alike.

One room a use case, each with its ``service``; ``jobs`` is the engine under what takes its time.
Used by all: ``access`` (roles), ``errors``, ``address`` (paths of pages that a browser tells) and
``names`` (tidied texts).
"""
