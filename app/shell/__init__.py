"""What every page stands in.

``frame`` (title, logo, styles, warnings, footer), ``routes`` (where each page is), ``identity``
(who uses this tab), ``state`` (all keys of the session's state), ``messages`` (notes and errors),
``words`` (times), ``links`` (addresses for others), ``component`` (our components for the browser;
`shared.js` is part of each), ``outbox`` (commands from the browser, carried out once).
Rooms of their own: ``keyboard``, ``connection`` and ``jobs`` (long work).
"""
