"""Reviews: pictures before and after, compared and decided.

Comparing: ``pictures`` (files), ``gathering`` (what is new, changed, removed), ``comparing`` (two
pictures), ``index`` (all of them, as they come). Showing: ``rows``, ``limits``. Deciding:
``service`` (in the app), ``verdicts`` (what is kept of it), ``decisions`` (of a review pack),
``applying``.
"""
