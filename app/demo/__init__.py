"""Command line for demos: scenarios, tours, pictures and reviews.

``__main__`` (the commands; ``told``: what they print), ``check`` plays demo scripts (see
``app/scripts``) with ``acting`` in a browser at ``places``,
``shoot`` takes ``shots`` with a ``camera``; both on a ``stage``, an app of their own. ``review``
compares pictures.
"""
