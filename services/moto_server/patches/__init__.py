"""Where Moto is mended; all of it goes through ``patching``.

``moto_app`` (loads Moto with them), ``seeded_random`` and ``clock`` (a replay gives the same ids
and times), ``outbound`` (a replay sends nothing), ``tracking`` and ``lean`` (memory), ``speed``,
``streams``, ``updates`` (all or nothing), ``emptynames``, ``exports``, ``queues``, ``direct`` and
``items`` (the short way for plain writes).
"""
