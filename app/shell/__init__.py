"""What every page stands in.

``frame`` (title, logo, styles, warnings, footer), ``routes`` (where each page is), ``identity``
(who uses this tab), ``context`` (over which services, for whom, under which model), ``state`` (all
keys of the session's state), ``markup`` (our own HTML), ``messages`` (notes and errors), ``words``
(times), ``links`` (addresses for others).

Rooms of their own: ``components`` (JavaScript on pages), ``connection`` (a page and the app),
``keyboard`` and ``jobs`` (long work).
"""
