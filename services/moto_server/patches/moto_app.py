"""Moto's own WSGI application in server mode, mended where it is unsafe to share."""

import os
import threading

from moto.moto_server import werkzeug_app

from services.moto_server.http.wire import WsgiApp
from services.moto_server.patches import (
    clock,
    emptynames,
    exports,
    lean,
    queues,
    seeded_random,
    speed,
    streams,
    tracking,
    updates,
)
from services.moto_server.patches.patching import replace


def build(lock: threading.Lock, boot: str) -> WsgiApp:
    """Moto with its usual dispatching by host, header and credential scope.

    ``lock`` is the one that every request holds; parts of Moto that wait let go of it. ``boot``
    is this start's name.
    """
    replace(werkzeug_app, DISABLE_GLOBAL_CORS=True)  # it would reflect any page's Origin
    tracking.stop_tracking()
    clock.install()
    seeded_random.install()
    speed.install()
    lean.install()
    updates.install()
    emptynames.install()
    streams.install(boot)
    exports.install(lock)
    queues.install(lock)
    app: WsgiApp = werkzeug_app.DomainDispatcherApplication(werkzeug_app.create_backend_app)
    return app


def announce_port(port: int) -> None:
    """Tell Moto where it listens: some services put their own address into answers."""
    os.environ["MOTO_PORT"] = str(port)
