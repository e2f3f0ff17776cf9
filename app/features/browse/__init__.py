"""The table of assets and everything that narrows it.

``browsing`` (what stands around the table), ``filters`` (search, the first filters, pages),
``query_state`` (what is asked for, in the page's address), ``undo`` (back from the bin),
``recovery`` (what a Moto that forgets has lost). Rooms of their own: ``toolbar``, ``table``,
``charts``, ``saved_views``, and ``bulk`` for changes to many assets.
"""
