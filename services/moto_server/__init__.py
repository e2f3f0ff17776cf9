"""A Moto server that several programs can share and whose data survives a crash.

Moto plays AWS well but was made for one test at a time: it has no locks, forgets everything
when it stops, keeps every object for ever and lets any web page wipe it. This folder wraps
Moto's own WSGI application with what a shared demo needs, and needs nothing of the rest of the
product. Start it with ``python -m services.moto_server -p 3000 --data-dir .basket``.

``server`` puts the parts together and runs them, as ``options`` say. ``http`` takes requests in,
``application`` lets one at a time through to Moto, ``write_ahead`` has on disk what it answers;
``journal`` keeps what they change, ``patches`` mend Moto where it is unsafe to share. ``memory``
holds Moto's state, ``discovery`` tells others where the server of a data folder is, ``pulse`` that
something may have changed.
"""
