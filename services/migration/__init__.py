"""Assets that were stored under an older model.

``drift`` (what today's model changes), ``digest`` (what is alike is said once), ``names`` (fields
that there have been), ``steps`` (what can be done), ``fitting`` (a value where none fits),
``preview``, ``executor`` (one asset, once), ``records`` (for undo), ``service``.
"""
