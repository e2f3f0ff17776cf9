"""Command line for demos: scenarios, tours, pictures and reviews.

``__main__`` (the commands; ``told``: what they print), ``script`` (demo scripts in `app/demos`, by
``yaml_lines`` and ``mistakes``), ``check`` plays them with ``acting`` in a browser at ``places``,
``shoot`` takes ``shots`` with a ``camera``; both on a ``stage``, an app of their own. ``review``
compares pictures.
"""
