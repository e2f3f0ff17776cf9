"""Reviews: pictures before and after, decided in the app or in one HTML file.

Comparing: ``pictures`` (files), ``gathering`` (what is new, changed, removed), ``comparing`` (two
pictures), ``telling`` and ``comparison_worker`` (in a process of its own), ``index`` (for the app).
Showing: ``rows``, ``limits``, ``pack`` (the HTML file). Deciding: ``service`` (in the app),
``decisions`` (of the file), ``applying``; ``command`` is the command line.
"""
