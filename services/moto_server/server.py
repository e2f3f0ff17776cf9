"""The life of the process: put the parts together, listen, stop cleanly."""

import datetime
import gc
import os
import signal
import sys
import threading
import time
import uuid
from typing import Any, NoReturn

import moto

from services.moto_server import discovery
from services.moto_server.application import Application
from services.moto_server.http.guard import guarded
from services.moto_server.http.http_server import MAX_BODY, HttpServer
from services.moto_server.http.status import Identity, with_status
from services.moto_server.memory import Memory
from services.moto_server.options import Options
from services.moto_server.patches import moto_app, streams

# A request makes thousands of objects and drops them all: looking after every 700 is for nothing.
_GC_THRESHOLDS = (5_000, 4, 20)
_GRACE_SECONDS = 0.6
_SENDING_SECONDS = 0.05


def serve(options: Options) -> int:
    """Serve a folder that this process has locked until SIGTERM or SIGINT; the exit code."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    lock, identity = threading.Lock(), _identity(options)
    moto_application = moto_app.build(lock, identity.boot)
    memory = (
        Memory.in_folder(options.data_dir, options.compact_bytes, moto_application)
        if options.data_dir
        else Memory.none()
    )
    streams.begin_anew()
    application = Application(moto_application, lock, memory.ledger, MAX_BODY)
    routed = with_status(application, identity, memory.report, memory.journal_status)
    server = HttpServer(options.host, options.port, guarded(routed))
    try:
        server.prepare()
    except OSError as error:
        sys.stderr.write(f"Cannot listen on {options.host}:{options.port}: {error}\n")
        return os.EX_UNAVAILABLE
    # Whatever a start has made lives for ever: the collector need not look at it again.
    gc.freeze()
    gc.set_threshold(*_GC_THRESHOLDS)
    gc.enable()
    threading.Thread(target=server.serve, daemon=True).start()
    _announce(server, options, identity)
    memory.heal(lock)
    stop.wait()
    return _stop(options, lock)


def _identity(options: Options) -> Identity:
    return Identity(
        boot=str(uuid.uuid4()),
        pid=os.getpid(),
        moto=moto.__version__,
        durable=options.data_dir is not None,
        dataDir=str(options.data_dir.resolve()) if options.data_dir else None,
        startedAt=datetime.datetime.now(datetime.UTC).isoformat(),
    )


def _announce(server: HttpServer, options: Options, identity: Identity) -> None:
    host, port = server.address
    moto_app.announce_port(port)
    if options.data_dir:
        found: dict[str, Any] = {
            "pid": identity.pid,
            "port": port,
            "host": host,
            "boot": identity.boot,
        }
        try:
            discovery.publish(options.data_dir, found)
        except OSError as error:
            # On a full disk it still answers at its port; only finding it by its folder fails.
            _say(f"{options.data_dir} cannot be written: {error.strerror}.")
    keeps = f"remembers in {options.data_dir}" if options.data_dir else "keeps data in memory only"
    _say(f"Moto {identity.moto} listens on http://{host}:{port} and {keeps}.")


def _stop(options: Options, lock: threading.Lock) -> NoReturn:
    if options.data_dir:
        discovery.withdraw(options.data_dir)
    # Whoever holds the lock may finish; whoever still waits was told nothing and loses nothing.
    lock.acquire(timeout=_GRACE_SECONDS)
    time.sleep(_SENDING_SECONDS)
    sys.stdout.flush()
    sys.stderr.flush()
    # Not sys.exit: threads of cheroot and Moto must not keep the process alive.
    os._exit(0)


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
