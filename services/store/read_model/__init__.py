"""Reads: the table in memory, kept up to date by its stream.

``catalogue`` (what services ask), ``screen`` (the published snapshot), ``snapshot`` and ``rows``
(what is in it), ``columns`` (queries), with ``filtering``, ``ordering`` and ``facets``; ``loading``
(everything at once), ``changes`` (the stream) and ``news`` in them, ``freshness`` (when nothing
need be asked), ``visibility`` (a replacement is seen when it is complete), ``checkpoint`` (a copy
on disk for a Moto that forgets).
"""
