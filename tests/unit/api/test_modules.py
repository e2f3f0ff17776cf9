"""JavaScript as it is served: today's modules, kept by browsers for ever, and nothing else."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app import browser_files
from app.api.modules import Preload, module

_TABLE = "features/browse/table/table.js"
_HEADER = 4096 - 1024
"""nginx takes 4 KB of headers, unless it is told otherwise; ours has others, too."""


@pytest.fixture
def http() -> TestClient:
    async def page(_: object) -> HTMLResponse:
        return HTMLResponse("<!doctype html>")

    async def data(_: object) -> JSONResponse:
        return JSONResponse({})

    routes = [
        Route("/browser/{version}/{path:path}", module),
        Route("/data", data),
        Route("/{path:path}", page),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Preload)]))


def test_a_module_is_served_as_it_is_and_kept_by_the_browser(http: TestClient) -> None:
    answer = http.get(browser_files.address(_TABLE))

    assert answer.text == browser_files.text(_TABLE)
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["main.py", "shell/frame.css", "..%2Fmain.py", "nothing.js", ""])
def test_nothing_but_modules_is_served(http: TestClient, path: str) -> None:
    answer = http.get(f"/browser/{browser_files.version()}/{path}")

    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


def test_a_module_of_another_version_is_not_mixed_with_todays(http: TestClient) -> None:
    assert http.get(f"/browser/0123456789ab/{_TABLE}").status_code == 404


def test_another_content_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = browser_files.version()
    changed = {**browser_files.modules(), _TABLE: b"export default () => {};"}
    monkeypatch.setattr(browser_files, "modules", lambda: changed)

    assert browser_files.version.__wrapped__() != before


def test_a_page_names_the_modules_that_it_needs_and_each_is_there(http: TestClient) -> None:
    said = http.get("/").headers["link"]
    named = re.findall(r"<([^>]+)>; rel=modulepreload", said)

    assert len(named) == len(set(named)) == said.count("<")
    assert {http.get(f"/{one}").status_code for one in named} == {200}
    assert browser_files.address(_TABLE) in named
    assert len(said) < _HEADER


def test_what_only_browse_needs_is_not_named_elsewhere(http: TestClient) -> None:
    said = http.get("/add").headers["link"]

    assert browser_files.address("shell/connection/updates.js") in said
    assert browser_files.address(_TABLE) not in said


def test_what_is_no_page_names_no_modules(http: TestClient) -> None:
    assert "link" not in http.get("/data").headers
