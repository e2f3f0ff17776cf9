"""Use cases over a DynamoDB table; callable from a page, a route, a test or a notebook alike.

One room a use case, each with its ``service``; ``jobs`` is the engine under what takes its time.
Used by all: ``access`` (roles), ``errors``, ``address`` (paths of pages that a browser tells),
``names`` (tidied texts), ``network`` (this machine or another?), ``disk`` (files for their owner,
written whole, locked) and ``markup`` (HTML).
"""
