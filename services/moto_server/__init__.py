"""A Moto server that several programs can share and whose data survives a crash.

Moto plays AWS well but was made for one test at a time: it has no locks, forgets everything
when it stops, keeps every object for ever and lets any web page wipe it. This folder wraps
Moto's own WSGI application with what a shared demo needs, and needs nothing of the rest of the
product. Start it with ``python -m services.moto_server -p 3000 --data-dir .basket``.

A request passes these files, in this order:

``http_server`` (cheroot) → ``guard`` (loopback only, no ``/moto-api``) → ``status`` (the one
private route) → ``application`` (one request at a time) → Moto, loaded and mended by
``moto_app`` → ``classify`` (did it change anything?) → ``ledger`` and ``journal`` (on disk
before the answer goes out).

A start goes the other way: ``recovery`` finds the newest snapshot and the journals after it,
``framing`` and ``repair`` read them in spite of flipped bits and torn ends, ``replay`` gives
them back to Moto (``direct`` takes the short way for plain puts and deletes) with the ``chance``
and the ``clock`` of the first time, so that ids and times come back the same.

``compaction`` writes a snapshot when the journal has grown; ``layout`` says how the files in
the data folder are called. ``disk`` is the only place that touches files of the journal, so
that tests can make any single write fail; ``privacy`` keeps others of the machine out.

The remaining files mend Moto where it is unsafe to share: ``tracking`` and ``lean``
(memory), ``speed``, ``streams`` (memory, restart), ``updates`` (half an update), ``emptynames``
(answers that nobody can read), ``exports`` (threads), ``queues`` (long polls); all of them
go through ``patching``.
"""
