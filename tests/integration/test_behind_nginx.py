"""Behind a real nginx: nobody is taken for the presenter, and everything works as README says."""

import contextlib
import http.client
import json
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode, urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tests.bench.processes import free_port, wait_until
from tests.bench.servers import ROOT, Site, get, product_spawned
from tests.nginx import NAME, PLAIN, as_readme_says, nginx, plain

PATIENT = str(ROOT / "tests" / "patience.py")
KEY, TOKEN = "a presenter's key", "a token for programs"
CARD = json.dumps({"name": "S&P500", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"})
SENT = {"Content-Type": "application/json", "Accept": "application/json"}
HTML = {"Accept": "text/html"}
BEARER = {"Authorization": f"Bearer {TOKEN}"}
SOCKETS_TOO = """proxy_http_version 1.1;
    proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;"""
SOCKETS = ("/_stcore/stream", "/live")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Front:
    """An address at which nginx answers for an app: what the browser sees, and where it listens."""

    url: str
    port: int
    app: Site

    def ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> Answer:
        """One request for a path of the app."""
        sent = {"Host": urlsplit(self.url).netloc, **(headers or {})}
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port)) as line:
            line.sock = self.plug()
            line.request(method, self.base + path, body or None, sent)
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read().decode())

    def enter(self, key: str, to: str = "/") -> Answer:
        """Send the form that asks for a key, as a page of this address does."""
        sent = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        return self.ask("POST", "/enter", urlencode({"key": key, "to": to}), sent)

    def opens(self, path: str, cookie: str = "", origin: str = "") -> bool:
        """Whether a websocket is let in, as a page opens it, of this address or another."""
        try:
            with connect(
                f"ws://{urlsplit(self.url).netloc}{self.base}{path}",
                sock=self.plug(),
                origin=Origin(origin or self.origin),
                subprotocols=[Subprotocol("streamlit")] if "stream" in path else None,
                additional_headers={"Cookie": cookie} if cookie else None,
                open_timeout=30,
                close_timeout=1,
                proxy=None,
            ):
                return True
        except InvalidStatus:
            return False

    def plug(self) -> socket.socket:
        """A connection to nginx, with TLS if it speaks that there."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        if self.port != urlsplit(self.url).port or not self.url.startswith("https:"):
            return line
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        return trusting.wrap_socket(line, server_hostname=NAME)

    @property
    def base(self) -> str:
        return urlsplit(self.url).path

    @property
    def origin(self) -> str:
        return self.url.removesuffix(self.base)


@pytest.fixture(scope="module")
def fronts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Front]]:
    """All that one nginx serves; each of the last four is an app's public address."""
    folder = tmp_path_factory.mktemp("nginx")
    ports = [free_port() for _ in range(len(PLAIN) + 4)]
    root, based = (f"https://{NAME}:{port}" for port in ports[:2])
    based += "/basket"
    with contextlib.ExitStack() as running:

        def app(name: str, public: str = "") -> Site:
            begun = product_spawned(
                tmp_path_factory.mktemp(name) / "data",
                script=PATIENT,
                BASKET_PRESENTER_KEY=KEY,
                BASKET_API_TOKEN=TOKEN,
                BASKET_PUBLIC_URL=public,
                BASKET_TRUSTED_PROXY="127.0.0.1" if public else "",
            )
            return running.enter_context(begun)

        home, served, below = app("home"), app("root", root), app("based", f"{based}/")
        parts = [
            as_readme_says(ports[0], served.url, "/", folder),
            as_readme_says(ports[1], below.url, "/basket/", folder),
            plain(ports[2], f"{below.url}/", SOCKETS_TOO, "/basket/"),
            plain(ports[3], below.url, SOCKETS_TOO, "/basket/"),
        ]
        bare = dict(zip(PLAIN, ports[4:], strict=True))
        parts += [plain(port, home.url, PLAIN[name]) for name, port in bare.items()]
        running.enter_context(nginx(folder, *parts))
        for site in (home, served, below):
            wait_until(site.process, partial(_answers, site))
        yield {
            **{name: Front(f"http://{NAME}:{port}", port, home) for name, port in bare.items()},
            "root": Front(root, ports[0], served),
            "based": Front(based, ports[1], below),
            "stripped": Front(based, ports[2], below),
            "told nothing": Front(based, ports[3], below),
            "at home": Front(home.url, urlsplit(home.url).port or 0, home),
            "past the proxy": Front(served.url, urlsplit(served.url).port or 0, served),
        }


def _answers(site: Site) -> bool:
    return get(f"{site.url}/enter") is not None


@pytest.mark.parametrize("how", PLAIN)
def test_a_stranger_behind_any_proxy_of_this_machine_is_a_stranger(
    fronts: dict[str, Front], how: str
) -> None:
    front = fronts[how]
    for host in (urlsplit(front.url).netloc, urlsplit(front.app.url).netloc):
        own = {"Host": host}
        assert front.ask("GET", "/", headers=HTML | own).status in (401, 403)
        assert front.ask("POST", "/asset/", CARD, SENT | own).status in (401, 403)
        assert front.ask("GET", "/report?session=OPEN", headers=own).status in (401, 403)
    for path in SOCKETS:
        assert not front.opens(path)


def test_at_home_curl_needs_no_token_and_a_page_no_code(fronts: dict[str, Front]) -> None:
    home = fronts["at home"]

    assert home.ask("POST", "/asset/", CARD, SENT).status == 201
    assert all(home.opens(path) for path in SOCKETS)


def test_nobody_is_at_home_where_people_come_from_outside(fronts: dict[str, Front]) -> None:
    direct = fronts["past the proxy"]

    assert direct.ask("POST", "/asset/", CARD, SENT).status == 401
    assert direct.ask("POST", "/asset/", CARD, SENT | BEARER).status == 201
    assert not any(direct.opens(path) for path in SOCKETS)


@pytest.fixture(params=["root", "based", "stripped", "told nothing"])
def front(request: pytest.FixtureRequest, fronts: dict[str, Front]) -> Front:
    return fronts[request.param]


def test_the_form_leads_in_and_to_the_page_that_was_asked_for(front: Front) -> None:
    asked = front.ask("GET", "/asset?id=1", headers=HTML)
    [action] = set(re.findall(r'action="([^"]*)"', asked.body))
    [to] = set(re.findall(r'name="to" value="([^"]*)"', asked.body))
    came = front.enter(KEY, to)

    assert (asked.status, action, to) == (401, f"{front.base}/enter", "/asset?id=1")
    assert (came.status, came.headers["location"]) == (303, f"{front.base}/asset?id=1")
    flags = {part.strip().lower() for part in came.headers["set-cookie"].split(";")[1:]}
    assert {"secure", "httponly", "samesite=lax", f"path={front.base or '/'}"} <= flags


def test_both_websockets_open_for_who_has_come_in_and_nobody_else(front: Front) -> None:
    cookie = cookie_of(front.enter(KEY))

    for path in SOCKETS:
        assert not front.opens(path)
        assert front.opens(path, cookie)


def test_what_is_asked_for_by_half_an_address_is_found(front: Front) -> None:
    come = {"Cookie": cookie_of(front.enter(KEY))} | HTML

    assert front.ask("GET", "/add/", headers=come).headers["location"] == f"{front.base}/add"
    docs = front.ask("GET", "/asset/docs", headers=come).body
    assert f"{front.base}/asset/openapi.json" in docs
    assert front.ask("GET", "/asset/openapi.json", headers=come).status == 200
    policy = front.ask("GET", "/", headers=come).headers["content-security-policy"]
    assert f"wss://{urlsplit(front.url).netloc}" in policy


def test_the_report_leads_back_to_the_public_address(front: Front) -> None:
    program = BEARER | {"Content-Type": "application/json"}

    report = front.ask("GET", "/report?session=OPEN&format=json", headers=program)

    assert report.status == 200
    assert json.loads(report.body)["session"]


def test_no_page_of_elsewhere_uses_the_app_behind_a_proxy(front: Front) -> None:
    cookie = cookie_of(front.enter(KEY))
    evil = "https://evil.localhost"

    for path in SOCKETS:
        assert not front.opens(path, cookie, origin=evil)
    sent = {"Cookie": cookie, "Origin": evil, **SENT}
    assert front.ask("POST", "/asset/", CARD, sent).status == 403


def cookie_of(came: Answer) -> str:
    assert came.status == 303
    return came.headers["set-cookie"].partition(";")[0]
