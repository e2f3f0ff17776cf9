"""The running app, and whatever is thrown at it: it answers, and it is still the same process."""

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.bench.copies import copy_of_the_project, model_file
from tests.bench.protocol import visiting
from tests.bench.servers import Site, get, health, post, product
from tests.integration.stores import eventually
from tests.unit.files import bombs

CARD = {"name": "S&P500", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"}
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PAGES = ("browse", "tour", "import", "feedback", "activity")


@dataclass(frozen=True)
class App:
    """An app over a copy of the product's files, which may be spoilt."""

    site: Site
    root: Path


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("odd")
    root = copy_of_the_project(folder / "product")
    with product(folder / "data", root) as site:
        add(site)
        yield App(site, root)


def add(site: Site) -> None:
    """Add an asset, as a program does."""
    said = {"Content-Type": "application/json"}
    body = json.dumps(CARD).encode()
    with _DIRECT.open(urllib.request.Request(f"{site.url}/asset/", body, said), timeout=10) as done:
        assert done.status == 201


def every_page_is_drawn(site: Site) -> None:
    """Raises PageError if a page shows an error instead."""

    async def visit() -> None:
        async with visiting(site.url) as visitor:
            for page in PAGES[1:]:
                await visitor.open(page)

    asyncio.run(visit())


def said_to(ask: Callable[[], bytes]) -> tuple[int, Any]:
    """The status and the body of a refusal."""
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask()
    return refused.value.code, json.loads(refused.value.read())


def test_an_odd_item_leaves_everything_as_it_was(app: App) -> None:
    endpoint = health(app.site)["endpoint"]
    client = boto3.client(
        "dynamodb",
        endpoint_url=endpoint,
        region_name="eu-west-1",
        aws_access_key_id="other",
        aws_secret_access_key="other",
    )
    odd = {"PK": {"S": "NOTE#1"}, "SK": {"S": "META"}, "m": {"M": {"": {"S": "x"}}}}

    client.put_item(TableName="AssetBasket", Item=odd)

    assert health(app.site)["status"] == "ok"
    assert json.loads(get(f"{app.site.url}/asset/") or b"")["total"] >= 1
    every_page_is_drawn(app.site)


def test_a_sparse_workbook_is_refused_by_the_same_process(app: App) -> None:
    before = app.site.process.pid
    book = bombs.sparse_workbook((0, 0), (1048575, 16383))

    status, told = said_to(lambda: post(f"{app.site.url}/asset/import", book, 60))

    assert status == 422
    assert "column XFD and row 1,048,576" in told["error"]
    assert app.site.process.pid == before
    assert health(app.site)["status"] == "ok"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("max_length=60", "gt=0"), ('title="Tag"', 'title="Tag", default=""')],
)
def test_a_model_that_breaks_its_own_rules_is_never_in_force(
    app: App, right: str, wrong: str
) -> None:
    file = model_file(app.root)
    sound = file.read_text()
    try:
        file.write_text(sound.replace(right, wrong, 1))
        assert json.loads(get(f"{app.site.url}/asset/", 10) or b"")["total"] >= 1
        add(app.site)
        every_page_is_drawn(app.site)
    finally:
        file.write_text(sound)


@pytest.mark.parametrize("odd", [b"title: \xff\n", b"title: \x07\n", b"\x00", b"[" * 5000])
def test_a_demo_script_that_is_odd_takes_no_page_away(app: App, odd: bytes) -> None:
    file = app.root / "app" / "demos" / "odd.yaml"
    try:
        file.write_bytes(odd)
        every_page_is_drawn(app.site)
    finally:
        file.unlink()


def test_what_is_asked_oddly_is_answered(app: App) -> None:
    file = b"name,tag\nA,B\n"
    for query in ("encoding=%00", "fixed=ccy:%00", "delimiter=%22", "format=xlsx", "key=%ff"):
        status, told = said_to(
            lambda query=query: post(f"{app.site.url}/asset/import?{query}", file, 30)  # type: ignore[misc]
        )
        assert (status, bool(told.get("error") or told["problems"])) == (422, True)
    assert eventually(lambda: health(app.site)["status"] == "ok")
