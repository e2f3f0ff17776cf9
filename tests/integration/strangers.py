"""Who may sit on a port where Moto is looked for: web servers, silence, noise, a dying server."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Talk = Callable[[socket.socket], None]


class _Handler(BaseHTTPRequestHandler):
    """Answers everything with the server's one status and body."""

    server: Any

    def _answer(self) -> None:
        self.server.got.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _answer  # noqa: N815 - http.server's names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
        pass


@contextlib.contextmanager
def web_server(status: int, body: bytes, got: list[bytes] | None = None) -> Iterator[str]:
    """A stranger that answers HTTP; the bodies that it was sent go into `got`."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.status, server.body, server.got = status, body, [] if got is None else got
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def plain_server(talk: Talk) -> Iterator[str]:
    """A stranger that accepts connections and does with each what `talk` says."""
    listener = socket.create_server(("127.0.0.1", 0))
    accepted: list[socket.socket] = []

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                plug, _ = listener.accept()
                accepted.append(plug)
                with contextlib.suppress(OSError):
                    talk(plug)

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        # Closing alone does not wake the thread that waits in accept.
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for plug in accepted:
            plug.close()


def hang_up(plug: socket.socket) -> None:
    """Say nothing and close the connection."""
    plug.close()


def noise(plug: socket.socket) -> None:
    """Answer as a server that speaks TLS does to whoever does not."""
    plug.sendall(b"\x15\x03\x01\x00\x02\x02\x46" * 20)
    plug.close()


def reset(plug: socket.socket) -> None:
    """Break a connection off as the end of a process does that has not read everything."""
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    plug.close()


def not_found(plug: socket.socket) -> None:
    """Be a Moto as shipped, which does not know our question."""
    plug.recv(65536)
    plug.sendall(b"HTTP/1.1 404 NOT FOUND\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    plug.close()


@contextlib.contextmanager
def dying(*talks: Talk, port: int = 0) -> Iterator[str]:
    """A server that has only so many connections to live; then nobody listens any more."""
    listener = socket.create_server(("127.0.0.1", port))

    def live() -> None:
        with listener:
            for talk in talks:
                plug, _ = listener.accept()
                with plug, contextlib.suppress(OSError):
                    talk(plug)

    thread = threading.Thread(target=live)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    thread.start()
    try:
        yield address
    finally:
        # Shutting a listener down wakes whoever waits in accept.
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@contextlib.contextmanager
def standing_before(port: int, *talks: Talk) -> Iterator[str]:
    """Treats its first connections as told, and passes on what comes after them."""
    left = list(talks)

    def talk(plug: socket.socket) -> None:
        if left:
            left.pop(0)(plug)
            return
        threading.Thread(target=_pass_on, args=(plug, port), daemon=True).start()

    with plain_server(talk) as url:
        yield url


def _pass_on(plug: socket.socket, port: int) -> None:
    with plug, socket.create_connection(("127.0.0.1", port)) as behind:
        back = threading.Thread(target=_copy, args=(behind, plug))
        back.start()
        _copy(plug, behind)
        back.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while content := source.recv(65536):
            target.sendall(content)
        target.shutdown(socket.SHUT_WR)
