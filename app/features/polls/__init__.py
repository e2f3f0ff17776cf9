"""Questions to everybody.

``questioning`` (the presenter's), ``answering``, ``tallies`` (results).
"""
