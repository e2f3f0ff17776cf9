"""What no page of ours would send is refused wherever it is sent: every route, both websockets."""

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.bench.processes import memory_bytes
from tests.bench.servers import Site, get, product
from tests.integration.stores import eventually
from tests.routes import Place, places

MB = 1024 * 1024
HUGE = 300 * MB
CHUNK = b"%x\r\n%s\r\n" % (256 * 1024, b"x" * (256 * 1024))
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "c2l4dGVlbiBieXRlcy4uLg==",
}
FOREIGN = {
    "another name": {"Host": "evil.example"},
    "another page": {"Origin": "http://evil.example"},
    "a page of a file": {"Origin": "null"},
    "no cors": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    "a form": {"Origin": "http://evil.example", "Content-Type": "text/plain"},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # So few are what some systems allow at first.
    with product(tmp_path_factory.mktemp("data") / "data", files=256) as running:
        assert eventually(lambda: _has_loaded(running.process.pid))
        yield running


def _has_loaded(pid: int) -> bool:
    """Whether what it loads in the background is there, which takes memory as well."""
    return any("/PIL/" in file.path for file in psutil.Process(pid).memory_maps())


@contextlib.contextmanager
def plug(site: Site, place: Place, headers: dict[str, str]) -> Iterator[socket.socket]:
    """A connection on which a request has begun."""
    where = urlsplit(site.url)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=60) as made:
        sent = {"Host": where.netloc, **(UPGRADE if place.kind == "websocket" else {}), **headers}
        lines = [f"{place.method} {place.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in sent.items()]
        made.sendall("\r\n".join([*lines, "", ""]).encode())
        yield made


def answer(made: socket.socket) -> str:
    """The head of what comes back."""
    return made.recv(4000).decode("latin-1").partition("\r\n\r\n")[0]


def status(head: str) -> int:
    return int(head.split(" ", 2)[1])


def poured(made: socket.socket, most: int = HUGE) -> int:
    """Send a body piece by piece until somebody answers; how much went out."""
    sent = 0
    with contextlib.suppress(ConnectionError):
        while sent < most:
            readable, writable, _ = select.select([made], [made], [], 60)
            if readable or not writable:
                break
            made.sendall(CHUNK)
            sent += len(CHUNK)
    return sent


class Memory:
    """How much more memory a process has at the most than in the beginning."""

    def __init__(self, pid: int) -> None:
        self._pid, self._first = pid, memory_bytes(pid, alone=True)
        self.more = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            self.more = max(self.more, memory_bytes(self._pid, alone=True) - self._first)


def test_there_is_something_to_test() -> None:
    known = {(place.kind, place.path) for place in places()}

    assert {("http", "/asset/"), ("http", "/healthz"), ("http", "/_stcore/health")} <= known
    assert {path for kind, path in known if kind == "websocket"} == {"/_stcore/stream", "/live"}


def test_the_fiftieth_visitor_finds_a_file_that_can_be_opened(site: Site) -> None:
    soft, hard = psutil.Process(site.process.pid).rlimit(psutil.RLIMIT_NOFILE)

    assert soft >= min(hard, 1024)


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_comes_from_elsewhere_is_refused_everywhere(site: Site, kind: str) -> None:
    let_in = {}
    for place in places():
        with plug(site, place, FOREIGN[kind]) as made:
            if (said := status(answer(made))) != 403:
                let_in[place] = said

    assert let_in == {}


def test_no_other_site_can_frame_what_is_answered_anywhere(site: Site) -> None:
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
    bare = {}
    for place in places():
        with plug(site, place, visit | {"Sec-Fetch-Dest": "iframe"}) as made:
            head = answer(made)
        framed = status(head) != 403 and "frame-ancestors 'self'" not in head
        if framed or "Traceback" in head:
            bare[place] = head

    assert bare == {}


def test_a_body_of_300_mb_is_refused_everywhere_and_costs_no_memory(site: Site) -> None:
    assert get(f"{site.url}/asset/") is not None
    wrong = {}
    with Memory(site.process.pid) as memory:
        for place in places():
            with plug(site, place, {"Transfer-Encoding": "chunked"}) as made:
                sent = poured(made)
                # uvicorn never answers a websocket's beginning that has a body, nor asks the app.
                said = status(answer(made)) if sent < HUGE else 0
            if said < 400 and (said or place.kind == "http"):
                wrong[place] = (said, sent)

    assert wrong == {}
    assert memory.more < 60 * MB


@pytest.mark.parametrize("path", ["/_stcore/stream", "/live"])
@pytest.mark.parametrize("pieces", [1, 300], ids=["in one piece", "in many pieces"])
def test_a_message_of_300_mb_ends_the_websocket_and_costs_no_memory(
    site: Site, path: str, pieces: int
) -> None:
    place = Place("websocket", path, "GET")
    with (
        Memory(site.process.pid) as memory,
        plug(site, place, {"Origin": site.url}) as made,
        contextlib.suppress(ConnectionError),
    ):
        assert status(answer(made)) == 101
        size = HUGE // pieces
        for number in range(pieces):
            first, last = number == 0, number == pieces - 1
            made.sendall(bytes([0x80 * last + 0x2 * first, 0xFF]) + size.to_bytes(8) + bytes(4))
            for _ in range(size // MB):
                made.sendall(bytes(MB))
        while made.recv(100_000):
            pass

    assert memory.more < 60 * MB
    assert get(f"{site.url}/healthz") is not None


def test_a_flood_of_messages_that_nobody_asked_for_costs_no_memory(site: Site) -> None:
    url = site.url.replace("http", "ws", 1) + "/live"
    with (
        Memory(site.process.pid) as memory,
        connect(
            url, origin=Origin(site.url), proxy=None, compression=None, close_timeout=1
        ) as line,
    ):
        for _ in range(800):
            line.send(b"x" * 100_000)

    assert memory.more < 60 * MB
