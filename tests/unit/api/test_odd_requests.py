"""Whatever stands in a request, the API answers it, and never with 500."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from app.api.routes import api_of
from app.api.services import _services
from app.queries import BELOW, CONTAINS, EMPTY, LEAST, MOST, VALUES
from app.settings import Settings
from services.assets.exporting import ExportService
from services.assets.service import AssetService
from services.files.isolated import FileReader
from services.importing.service import ImportService
from services.model.current import Model, model_of, using
from services.sandbox.service import SandboxService
from services.store.assets import items
from services.store.read_model.catalogue import Catalogue
from tests.fakes.every_kind import AssetInput
from tests.fakes.store import (
    MemoryBatch,
    MemoryDocuments,
    MemoryRepository,
    MemorySource,
    MemoryStore,
)

MODEL: Model = model_of(AssetInput, 1)  # type: ignore[arg-type]  # any Fields make a model
CARD = {"name": "N", "units": 1, "price": "2", "ccy": "GBP", "listed": True, "bought": "2026-01-01"}
FILE = b"name,units,price,ccy,listed,bought\nA,1,2.5,GBP,yes,2026-01-01\n"
VALUES_ = [
    "", "x", "1,234", "1.234", "-1", "1e999", "NaN", "Infinity", "９", "\x00", "\ufffd", "a" * 3000,
    "9" * 500, "💥", "[", "[" * 3000, "{}", "null", "true", "~", "%", "\n", '"', "2026-02-30",
    "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00+14:00", "12:00", "base64", "idna", "punycode",
    "undefined", "utf-7", "-", "-name", "name,,tag", ":", "a:b:c", "name:x", "identifier", "W10=",
    "eyJzdGFydCI6IDFlOTk5fQ==", "eyJzdGFydCI6ICJ4In0=", "bnVsbA==",
]  # fmt: skip
FIXED = [
    "price:1,234", "units:1.234", "units:" + "9" * 500, "bought:5", "bought:1,2", "valuedAt:12",
    "fee:1.2.3,4", "listed:maybe", "labels:;a;b;c;d;e;f", "contact.email:x",
    "country:ZZ", "risks:HIGH;NO", "homepage:x", "matures:1999-01-01", "price:NaN", "price:1e999",
]  # fmt: skip


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("imports")
    store, files = MemoryStore(), FileReader()
    with using(MODEL):
        catalogue = Catalogue(MemorySource(store))
        assets = AssetService(MemoryRepository(store), catalogue)
        batch = MemoryBatch(store)
        imports = ImportService(assets, catalogue, MemoryDocuments(store), batch, folder)
        api = api_of(MODEL)
        api.dependency_overrides[_services] = lambda: SimpleNamespace(
            settings=Settings(),
            copies=SandboxService(folder, None),
            assets=assets,
            files=files,
            exports=ExportService(catalogue),
            imports=imports,
        )
        client = TestClient(api, raise_server_exceptions=False)
        assert client.post("/", json=CARD).status_code == 201
        yield client
    files.close()


SUFFIXES = ("", CONTAINS, LEAST, MOST, BELOW, EMPTY, VALUES)
NAMES = [*(spec.name for spec in MODEL.fields), "createdAt", "updatedBy"]
PARAMETERS = [
    *(("GET", "/", name) for name in ("search", "sort", "limit", "cursor")),
    *(("GET", "/", name + suffix) for name in NAMES for suffix in SUFFIXES),
    *(("GET", "/export", name) for name in ("format", "search", "sort", "copy", "price~from")),
    *(("DELETE", "/none", name) for name in ("version", "for_good")),
    *(
        ("POST", "/import", name)
        for name in (
            "format", "encoding", "delimiter", "column", "fixed", "key", "partly", "dry_run",
        )
    ),
]  # fmt: skip


@pytest.mark.torture
@pytest.mark.parametrize("at", range(len(PARAMETERS)), ids=[" ".join(one) for one in PARAMETERS])
def test_no_parameter_breaks_anything(http: TestClient, at: int, torture: bool) -> None:
    method, path, name = PARAMETERS[at]
    content = FILE if method == "POST" else None
    # In short, each parameter has some of the values, and each value some of the parameters.
    for value in VALUES_ if torture or method != "GET" else VALUES_[at % 10 :: 10]:
        answer = http.request(method, path, params={name: value}, content=content)

        assert answer.status_code < 500, (name, value, answer.text)


@pytest.mark.parametrize("place", range(len(FIXED)))
def test_a_fixed_value_that_is_none_is_refused_with_a_sentence(
    http: TestClient, place: int
) -> None:
    name = FIXED[place].partition(":")[0]
    # What the file says itself would count.
    heading, row = FILE.splitlines()
    kept = [at for at, heading in enumerate(heading.split(b",")) if heading != name.encode()]
    file = b"\n".join(b",".join(line.split(b",")[at] for at in kept) for line in (heading, row))
    told = http.post("/import", params={"fixed": FIXED[place], "dry_run": True}, content=file)

    assert told.status_code == 422, told.text
    problems = told.json()["problems"]
    assert problems
    assert all(problem["message"] for problem in problems)


def test_a_fixed_number_of_two_readings_is_told_by_its_field(http: TestClient) -> None:
    answer = http.post("/import", params={"fixed": "price:1,234"}, content=FILE)

    assert answer.status_code == 422
    assert answer.json()["problems"] == [
        {
            "field": "price",
            "message": "“1,234” means different numbers in different countries. "
            "Write it without a sign between thousands.",
        }
    ]


@pytest.mark.parametrize("value", VALUES_)
def test_no_identifier_breaks_anything(http: TestClient, value: str) -> None:
    place = "/" + quote(value, safe="")
    for method, path in (("GET", place), ("DELETE", place), ("POST", place + "/restore")):
        assert http.request(method, path).status_code < 500
    assert http.patch(place, json={"version": 1}).status_code < 500


BODIES = [
    b"", b"[]", b"null", b"5", b'"x"', b"{", b"\xff", b'{"name": NaN}', b'{"version": 1e400}',
    b'{"name":' + b"[" * 5000 + b"]" * 5000 + b"}", b'{"name": "\\ud800"}',
    b'{"units":' + b"9" * 6000 + b"}", b'{"version":' + b"9" * 400 + b"}",
    b'{"version": 1, "price": 1e400}', b'{"version": 1, "price": "NaN"}',
]  # fmt: skip


@pytest.mark.parametrize("body", range(len(BODIES)))
def test_no_body_breaks_anything(http: TestClient, body: int) -> None:
    said = {"Content-Type": "application/json"}

    assert 400 <= http.post("/", content=BODIES[body], headers=said).status_code < 500
    assert 400 <= http.patch("/x", content=BODIES[body], headers=said).status_code < 500


def test_what_an_import_did_is_answered_not_what_it_meant_to_do(
    http: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "MAX_ITEM_BYTES", 10)

    answer = http.post("/import", content=FILE)

    assert (answer.json()["added"], len(answer.json()["left"])) == (0, 1)
    assert answer.json()["left"][0].startswith("Row 2: ")


def test_a_number_that_the_store_does_not_hold_is_refused_by_its_row(http: TestClient) -> None:
    answer = http.post("/import", content=FILE.replace(b"A,1,", b"A," + b"1" * 39 + b","))

    assert answer.status_code == 422
    assert answer.json()["problems"] == [
        {
            "row": 2,
            "column": "units",
            "message": "A number can have at most 38 digits and lie below 10^126.",
        }
    ]


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("POST", "/import?dryrun=true"),
        ("POST", "/import?dry_run=true&partially=true"),
        ("POST", "/?dry_run=true"),
        ("GET", "/{there}?versoin=1"),
        ("PATCH", "/{there}?version=1"),
        ("DELETE", "/{there}?forGood=true"),
        ("POST", "/{there}/restore?version=1"),
        ("GET", "/?limi=1"),
        ("GET", "/export?sotr=name"),
    ],
)
def test_a_parameter_that_there_is_not_is_told_and_nothing_is_done(
    http: TestClient, method: str, url: str
) -> None:
    there = http.post("/", json=CARD).json()["identifier"]
    before = http.get("/?limit=1000").json()
    body = FILE if "import" in url else None

    answer = http.request(method, url.format(there=there), content=body, json=None)

    assert answer.status_code == 422
    misspelt = url.rpartition("?")[2].rpartition("&")[2].partition("=")[0]
    assert misspelt in answer.text
    assert http.get("/?limit=1000").json() == before
