"""Moto's own WSGI application in server mode, mended where it is unsafe to share."""

import os
import threading

from moto.moto_server import werkzeug_app

from services.moto_server import (
    chance,
    clock,
    emptynames,
    exports,
    lean,
    queues,
    speed,
    streams,
    tracking,
    updates,
)
from services.moto_server.patching import replace
from services.moto_server.wire import WsgiApp


def build(lock: threading.Lock, boot: str) -> WsgiApp:
    """Moto with its usual dispatching by host, header and credential scope.

    ``lock`` is the one that every request holds; parts of Moto that wait let go of it. ``boot``
    is this start's name.
    """
    replace(werkzeug_app, DISABLE_GLOBAL_CORS=True)  # it would reflect any page's Origin
    tracking.stop_tracking()
    clock.install()
    chance.install()
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
