"""The app as its users start it: a process with a port, a Moto and an end."""

import asyncio
import base64
import contextlib
import csv
import http.client
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from websockets.asyncio.client import connect
from websockets.typing import Origin

from app import serving
from app.bootstrap import Application
from app.settings import ROOT, Settings
from services.errors import StartRefused
from tests.bench.processes import free_port, spawned, wait_until
from tests.bench.protocol import visiting
from tests.bench.servers import Site, get, health, product
from tests.integration.stores import eventually, kill, motos

CARD = {"name": "S&P500", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"}
CURL = """curl -X POST http://127.0.0.1:8000/asset/ -H "Accept: application/json" \
-H "Content-Type: application/json" \
-d '{"name": "S&P500", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"}'"""
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[Site]:
    """One running app, for tests that leave it as it is."""
    with product(data) as running:
        yield running


@pytest.fixture(scope="module", autouse=True)
def said_at_start(site: Site) -> str:
    """What the app printed before anybody asked it for anything."""
    return site.process.log.read_text()


@pytest.mark.parametrize("part", ["live", "live notices"])
def test_news_for_a_page_that_was_just_left_does_not_lead_back_to_it(site: Site, part: str) -> None:
    async def leave() -> tuple[set[str], str]:
        async with visiting(site.url) as visitor:
            browse = visitor.page_hash
            await visitor.open("feedback")
            drawn: set[str] = set()
            for _ in range(5):
                drawn.update(await visitor.leave_while_drawing(browse, part))
                await visitor.open("feedback")
            return drawn, browse

    drawn, browse = asyncio.run(leave())
    assert drawn == {browse}


@pytest.mark.parametrize("fragment", ["", "of an app that was restarted"])
def test_what_is_pressed_as_news_come_is_not_forgotten(site: Site, fragment: str) -> None:
    async def press() -> str:
        async with visiting(site.url, "join") as visitor:
            await visitor.change("Session code", "K7M-2QX")
            return await visitor.press_just_before_news("Continue", fragment)

    assert [asyncio.run(press()) for _ in range(5)] == ["code=K7M-2QX"] * 5


def post(site: Site, body: object) -> tuple[int, Any]:
    request = urllib.request.Request(
        f"{site.url}/asset/",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with _DIRECT.open(request, timeout=60) as answer:
        return answer.status, json.loads(answer.read())


def listing(site: Site, **query: object) -> Any:
    text = "&".join(f"{name}={value}" for name, value in query.items())
    body = get(f"{site.url}/asset/?{text}", timeout=60)
    assert body is not None
    return json.loads(body)


@contextlib.contextmanager
def serving_with(command: list[str], folder: Path, port: int, **more: str) -> Iterator[Site]:
    """The app under another server's command line, ready."""
    environment = {
        "BASKET_DYNAMODB_ENDPOINT": f"http://127.0.0.1:{free_port()}",
        "BASKET_DATA_DIR": str(folder / "data"),
        "BASKET_PORT": str(port),
        **more,
    }
    url = f"http://127.0.0.1:{port}"
    with spawned(
        command[0], command, folder=ROOT, log=folder / "log", environment=environment
    ) as process:
        wait_until(process, lambda: get(f"{url}/healthz") is not None)
        yield Site(url, process, environment["BASKET_DYNAMODB_ENDPOINT"])


def test_sixty_people_come_in_where_a_process_begins_with_few_files(tmp_path: Path) -> None:
    async def all_come(url: str) -> int:
        async with contextlib.AsyncExitStack() as stack:
            here = 0
            for number in range(60):
                visitor = await stack.enter_async_context(visiting(url, "join"))
                # As a browser does, each has a second line for live updates.
                line = f"{url.replace('http', 'ws')}/live?tab={number:032x}&window={number}"
                await stack.enter_async_context(
                    connect(line, origin=Origin(url), proxy=None, max_queue=None)
                )
                here += bool(visitor.page_hash)
            return here

    with product(tmp_path / "data", files=256) as site:
        assert asyncio.run(all_come(site.url)) == 60


def start_and_fail(folder: Path, **environment: str) -> tuple[int, str]:
    """Start the app with these settings; what it ends with, and what it says."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BASKET_")}
    settings = {"BASKET_PORT": str(free_port()), "BASKET_DATA_DIR": str(folder), **environment}
    ended = subprocess.run(
        [sys.executable, "streamlit_app.py"],
        cwd=ROOT,
        env=clean | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_the_start_says_where_everything_is_and_nothing_else(
    site: Site, said_at_start: str, data: Path
) -> None:
    # On a machine that is too busy it may also say that the store does not answer just now.
    told = said_at_start.strip().splitlines()
    told = [line for line in told if line and not line.startswith("the store does not answer")]
    said = "\n".join(told)

    assert "Asset Basket is ready" in said
    assert f"Open      {site.url}\n" in said
    assert f"API       {site.url}/asset/docs\n" in said
    assert f"DynamoDB  {site.endpoint}, table AssetBasket (started for you)" in said
    assert f"Data      {data}" in said
    assert len(told) == 6


def test_health_tells_what_the_design_promises(site: Site, data: Path) -> None:
    told = health(site)

    assert told["status"] == "ok"
    assert told["endpoint"] == site.endpoint
    assert told["table"] == "AssetBasket"
    assert isinstance(told["assets"], int)
    assert told["moto"] == "spawned"
    assert [told["pid"]] == motos(data)


def test_pages_and_api_and_its_documentation_are_served(site: Site) -> None:
    assert b"<html" in (get(f"{site.url}/") or b"")
    assert get(f"{site.url}/add") is not None
    page = (get(f"{site.url}/asset/docs") or b"").decode()
    referred = re.findall(r"""(?:src|href|url)\s*[=:]\s*["']([^"']+)["']""", page)
    assert referred
    for address in referred:
        assert address.startswith("/")
        assert get(f"{site.url}{address}") is not None, address


def test_the_designs_curl_command_works_verbatim(site: Site) -> None:
    command = shlex.split(CURL.replace("http://127.0.0.1:8000", site.url))
    ended = subprocess.run(
        [*command, "--noproxy", "*", "-s", "-w", "\n%{http_code}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    body, status = ended.stdout.rsplit("\n", 1)

    assert status == "201"
    assert list(json.loads(body)) == ["identifier"]
    assert str(UUID(json.loads(body)["identifier"])) == json.loads(body)["identifier"]


def test_the_gate_stands_before_pages_api_and_websocket(site: Site) -> None:
    for path in ("/", "/asset/", "/healthz", "/_stcore/health"):
        assert _status(site, path, Host="evil.example") == 403
        assert _status(site, path, Origin="http://evil.example") == 403
    foreign = {"Host": "evil.example", **_upgrade()}
    assert _status(site, "/_stcore/stream", **foreign) == 403
    own = {"Origin": site.url, **_upgrade()}
    assert _status(site, "/_stcore/stream", **own) == 101


def test_a_portfolio_entered_by_several_at_once_is_listed_completely_page_by_page(
    site: Site,
) -> None:
    before = listing(site)["total"]
    names = constituents()[::4]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda name: post(site, CARD | {"name": name}), names))
    assert {status for status, _ in answers} == {201}

    visited: list[str] = []
    cursor = ""
    while cursor is not None:
        page = listing(site, limit=50, sort="name", **({"cursor": cursor} if cursor else {}))
        visited += [item["identifier"] for item in page["items"]]
        cursor = page["cursor"]

    assert page["total"] == before + len(names)
    assert len(visited) == len(set(visited)) == page["total"]
    assert {body["identifier"] for _, body in answers} <= set(visited)


def test_the_app_goes_on_when_moto_is_killed_behind_its_back(site: Site, data: Path) -> None:
    _, added = post(site, CARD)
    [moto] = motos(data)
    kill(moto)
    status, _ = post(site, CARD)

    assert status == 201
    assert get(f"{site.url}/asset/{added['identifier']}", timeout=60) is not None
    assert len(motos(data)) == 1


def test_ctrl_c_ends_app_and_moto_without_a_traceback_although_a_page_is_open(
    tmp_path: Path,
) -> None:
    """Whoever waited until the page is closed would wait for ever."""
    data = tmp_path / "data"
    with product(data) as site, _websocket(site):
        post(site, CARD)
        os.kill(site.process.pid, signal.SIGINT)
        code = site.process.popen.wait(60)
        assert eventually(lambda: not motos(data))
        said = site.process.log.read_text()

    assert code == 0
    assert "Traceback" not in said
    assert "Error" not in said


def test_an_invalid_setting_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    code, said = start_and_fail(tmp_path, BASKET_PORT="eighty")

    assert code != 0
    assert said.startswith("Asset Basket does not start: BASKET_PORT is 'eighty': ")
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("BASKET_TARGET", "azure", "BASKET_TARGET is 'azure': "),
        ("BASKET_DYNAMODB_ENDPOINT", "http://elsewhere.example", "is not on this machine"),
        ("BASKET_PORT", "{taken}", "127.0.0.1:{taken} cannot be served on"),
    ],
)
def test_what_the_surroundings_do_not_allow_stops_the_start_with_a_sentence(
    variable: str, value: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = listener.getsockname()[1]
        monkeypatch.setenv("BASKET_PORT", str(free_port()))
        monkeypatch.setenv("BASKET_DATA_DIR", str(tmp_path))
        monkeypatch.setenv(variable, value.format(taken=taken))
        with pytest.raises(SystemExit) as ended:
            serving.serve(None, Application())

    said = str(ended.value.code)
    assert said.startswith("Asset Basket does not start: ")
    assert sentence.format(taken=taken) in said
    assert len(said.splitlines()) == 1
    assert motos(tmp_path) == []


def test_a_default_port_that_is_taken_leads_to_the_next_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings.model_construct(
            _fields_set=set(), **(Settings().model_dump() | {"port": port, "host": "127.0.0.1"})
        )
        with serving._listen(settings) as listener:
            assert port < listener.getsockname()[1] < port + 100

        with pytest.raises(StartRefused, match=f"127.0.0.1:{port}"):
            serving._listen(settings.model_copy(update={"port": port}))


def test_uvicorns_own_command_serves_everything_and_what_a_killed_app_and_moto_were_told(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    with product(data) as site:
        _, added = post(site, CARD)
        kill(site.process.pid)
        [moto] = motos(data)
        kill(moto)

    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "streamlit_app:app", "--port", str(port)]
    with serving_with(command, tmp_path, port) as site:
        found = get(f"{site.url}/asset/{added['identifier']}", timeout=60)
        assert found is not None
        assert json.loads(found)["name"] == "S&P500"
        _serves_everything(site, before=1)


def test_streamlits_own_command_serves_everything(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    with serving_with([*command, f"--server.port={port}"], tmp_path, port) as site:
        _serves_everything(site)


def constituents() -> list[str]:
    """Real names where the list lies beside the checkout, made-up ones elsewhere."""
    real = ROOT.parent / "shared" / "data" / "sp500-constituents.csv"
    if not real.exists():
        return [f"Company {number}" for number in range(503)]
    with real.open(newline="", encoding="utf-8") as lines:
        return [row["Security"] for row in csv.DictReader(lines)]


def _serves_everything(site: Site, before: int = 0) -> None:
    assert health(site)["status"] == "ok"
    assert b"<html" in (get(f"{site.url}/", timeout=60) or b"")
    assert post(site, CARD)[0] == 201
    assert listing(site)["total"] == before + 1


def _status(site: Site, path: str, **headers: str) -> int:
    place = urlsplit(site.url)
    plug = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    with contextlib.closing(plug):
        plug.request("GET", path, headers=headers)
        return plug.getresponse().status


def _upgrade() -> dict[str, str]:
    return {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(b"sixteen bytes...").decode(),
    }


@contextlib.contextmanager
def _websocket(site: Site) -> Iterator[None]:
    """An open page, as far as the server can tell."""
    place = urlsplit(site.url)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=60) as plug:
        lines = ["GET /_stcore/stream HTTP/1.1", f"Host: {place.netloc}"]
        lines += [f"{name}: {value}" for name, value in _upgrade().items()]
        plug.sendall("\r\n".join([*lines, "", ""]).encode())
        assert b" 101 " in plug.recv(1000)
        yield
