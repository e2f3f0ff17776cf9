"""The HTTP API, over services whose store is in memory."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from app.api.routes import api_of
from app.api.services import _services
from app.security import request_guard
from app.security.requests import ROLE_HEADER
from app.settings import Settings
from services.assets.exporting import ExportService
from services.assets.service import AssetService
from services.files.isolated import FileReader
from services.importing.service import ImportService
from services.model.current import current, fields
from services.store.assets.items import to_item
from services.store.read_model.catalogue import Catalogue
from tests.fakes.assets import stored
from tests.fakes.store import (
    MemoryBatch,
    MemoryDocuments,
    MemoryRepository,
    MemorySource,
    MemoryStore,
)

CARD = {"name": "S&P500", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"}


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def http(store: MemoryStore, tmp_path: Path) -> Iterator[TestClient]:
    catalogue = Catalogue(MemorySource(store))
    assets = AssetService(MemoryRepository(store), catalogue)
    api = api_of(current())
    files = FileReader()
    api.dependency_overrides[_services] = lambda: SimpleNamespace(
        settings=Settings(),
        assets=assets,
        files=files,
        exports=ExportService(catalogue),
        imports=ImportService(
            assets, catalogue, MemoryDocuments(store), MemoryBatch(store), tmp_path
        ),
    )
    yield TestClient(api)
    del api.dependency_overrides[_services]
    files.close()


def add(http: TestClient, **other: object) -> str:
    answer = http.post("/", json=CARD | other)
    assert answer.status_code == 201, answer.text
    identifier: str = answer.json()["identifier"]
    return identifier


def names(answer: Any) -> list[str]:
    return [item["name"] for item in answer.json()["items"]]


def test_an_added_asset_is_answered_with_201_and_its_identifier_alone(http: TestClient) -> None:
    answer = http.post("/", json=CARD)

    assert answer.status_code == 201
    assert list(answer.json()) == ["identifier"]
    assert UUID(answer.json()["identifier"]).version == 4


def test_an_asset_is_told_in_camel_case_with_what_the_system_keeps(http: TestClient) -> None:
    identifier = add(http, ccy="gbp")

    told = http.get(f"/{identifier}").json()

    assert {name: told[name] for name in CARD} == CARD
    assert told["identifier"] == identifier
    assert (told["version"], told["createdBy"], told["updatedBy"]) == (1, "API", "API")
    assert told["createdAt"] == told["updatedAt"]
    assert told["createdAt"].endswith("Z")
    assert not any("_" in name for name in told)


def test_the_author_is_who_the_header_says(http: TestClient) -> None:
    answer = http.post("/", json=CARD, headers={"X-Basket-User": "Ada"})

    assert http.get(f"/{answer.json()['identifier']}").json()["createdBy"] == "Ada"


def test_an_asset_that_does_not_exist_is_404_in_words(http: TestClient) -> None:
    answer = http.get("/nowhere")

    assert answer.status_code == 404
    assert answer.json() == {"error": "There is no asset with this identifier."}


def test_what_is_wrong_is_422_and_names_each_field_in_plain_words(http: TestClient) -> None:
    answer = http.post("/", json={"name": " ", "tag": "ISA", "liquidityProfile": "?", "x": 1})

    assert answer.status_code == 422
    assert answer.json()["problems"] == [
        {"field": "name", "message": "Enter a name."},
        {"field": "liquidityProfile", "message": "Choose one of HIGH, MEDIUM, LOW."},
        {"field": "ccy", "message": "Choose a currency."},
        {
            "field": "x",
            "message": "There is no field “x”. Known are: name, tag, liquidityProfile, ccy.",
        },
    ]
    assert answer.json()["error"].startswith("Enter a name. Choose one of")


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"text"', "7", '{"name": "\\ud83d"}'])
def test_a_body_that_is_no_asset_is_422(http: TestClient, body: str) -> None:
    answer = http.post("/", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert answer.json()["error"]


def test_a_body_in_another_format_is_refused(http: TestClient) -> None:
    assert http.post("/", data=CARD).status_code == 422
    assert http.post("/", content=b"\xff\xfe").status_code == 422


def test_nothing_is_added_when_anything_is_wrong(http: TestClient, store: MemoryStore) -> None:
    http.post("/", json=CARD | {"ccy": "XXQ"})

    assert store.items == {}


def test_a_store_that_is_away_is_503_in_words(http: TestClient, store: MemoryStore) -> None:
    store.away = True

    for answer in (http.post("/", json=CARD), http.get("/"), http.get("/one")):
        assert answer.status_code == 503
        assert answer.json() == {"error": "The store is not answering."}


def test_reading_goes_on_while_the_store_is_away(http: TestClient, store: MemoryStore) -> None:
    identifier = add(http)
    http.get("/")
    store.away = True

    assert http.get("/").json()["total"] == 1
    assert http.get(f"/{identifier}").status_code == 200
    assert http.post("/", json=CARD).status_code == 503


def test_an_empty_basket_is_an_empty_list(http: TestClient) -> None:
    assert http.get("/").json() == {"items": [], "total": 0, "cursor": None}


def test_following_the_cursor_visits_every_asset_once(http: TestClient) -> None:
    for number in range(7):
        add(http, name=f"n{number}")
    visited: list[str] = []
    cursor: str | None = None
    for _ in range(4):
        page = http.get("/", params={"limit": 2, "sort": "name", **_cursor(cursor)})
        visited += names(page)
        assert page.json()["total"] == 7
        cursor = page.json()["cursor"]

    assert visited == [f"n{number}" for number in range(7)]
    assert cursor is None


def test_the_last_page_that_is_exactly_full_has_no_cursor(http: TestClient) -> None:
    add(http)
    add(http)

    assert http.get("/", params={"limit": 2}).json()["cursor"] is None


@pytest.mark.parametrize("cursor", ["x", "", "bm90anNvbg==", "e30=", "eyJzdGFydCI6ICJ4In0=", "é"])
def test_a_cursor_that_is_not_ours_is_422_and_named(http: TestClient, cursor: str) -> None:
    answer = http.get("/", params={"cursor": cursor})

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["field"] == "cursor"


def test_assets_are_filtered_by_any_of_a_fields_values_and_all_fields(http: TestClient) -> None:
    add(http, name="a", tag="ISA", ccy="GBP")
    add(http, name="b", tag="SIPP", ccy="GBP")
    add(http, name="c", tag="GIA", ccy="GBP")
    add(http, name="d", tag="ISA", ccy="USD")

    answer = http.get("/?tag=ISA&tag=SIPP&ccy=GBP&sort=name")

    assert names(answer) == ["a", "b"]


def test_assets_are_searched_by_words(http: TestClient) -> None:
    add(http, name="World Bond")
    add(http, name="World Equity")

    assert names(http.get("/", params={"search": "bond WORLD"})) == ["World Bond"]


@pytest.mark.parametrize(("sort", "expected"), [("name", ["a", "B"]), ("-name", ["B", "a"])])
def test_assets_are_sorted_both_ways(http: TestClient, sort: str, expected: list[str]) -> None:
    add(http, name="B")
    add(http, name="a")

    assert names(http.get("/", params={"sort": sort})) == expected


@pytest.mark.parametrize("sort", ["colour", "-line", "haystack", "--name", "", "liquidity_profile"])
def test_a_sort_that_does_not_exist_is_422_and_named(http: TestClient, sort: str) -> None:
    answer = http.get("/", params={"sort": sort})

    assert answer.status_code == 422
    assert answer.json()["problems"] == [
        {"field": "sort", "message": f"Assets cannot be sorted by “{sort}”."}
    ]


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "many"])
def test_a_limit_out_of_bounds_is_422_and_named(http: TestClient, limit: str) -> None:
    answer = http.get("/", params={"limit": limit})

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["field"] == "limit"


def test_an_edit_carries_the_version_it_read(http: TestClient) -> None:
    identifier = add(http)

    answer = http.patch(f"/{identifier}", json={"name": "New", "version": 1})

    assert answer.status_code == 200
    assert (answer.json()["name"], answer.json()["version"]) == ("New", 2)
    assert answer.json()["tag"] == CARD["tag"]


def test_an_edit_of_an_old_version_is_409_with_the_asset_as_it_is(http: TestClient) -> None:
    identifier = add(http)
    http.patch(f"/{identifier}", json={"name": "First", "version": 1})

    answer = http.patch(f"/{identifier}", json={"name": "Second", "version": 1})

    assert answer.status_code == 409
    assert answer.json()["error"] == "API has changed this asset in the meantime."
    assert answer.json()["current"]["name"] == "First"
    assert answer.json()["current"]["liquidityProfile"] == "HIGH"


def test_an_edit_without_a_version_or_with_a_wrong_value_is_422(http: TestClient) -> None:
    identifier = add(http)

    for patch, field in (({"name": "New"}, "version"), ({"ccy": "?", "version": 1}, "ccy")):
        answer = http.patch(f"/{identifier}", json=patch)
        assert answer.status_code == 422
        assert answer.json()["problems"][0]["field"] == field


def test_an_edit_or_removal_of_what_does_not_exist_is_404(http: TestClient) -> None:
    assert http.patch("/nowhere", json={"name": "x", "version": 1}).status_code == 404
    assert http.delete("/nowhere").status_code == 404


def test_a_deleted_asset_is_no_longer_listed(http: TestClient) -> None:
    identifier = add(http)

    assert http.delete(f"/{identifier}", params={"version": 1}).status_code == 200
    assert http.get("/").json()["total"] == 0


def test_a_deletion_of_an_old_version_is_409(http: TestClient) -> None:
    identifier = add(http)
    http.patch(f"/{identifier}", json={"name": "New", "version": 1})

    assert http.delete(f"/{identifier}", params={"version": 1}).status_code == 409


def test_an_asset_with_attributes_of_a_newer_model_is_read(
    http: TestClient, store: MemoryStore
) -> None:
    store.put({**to_item(stored("one")), "colour": {"S": "red"}})

    assert http.get("/one").status_code == 200
    assert http.get("/").json()["total"] == 1


def test_the_documentation_lists_the_models_fields_with_limits_and_examples(
    http: TestClient,
) -> None:
    schema = http.get("/openapi.json").json()["components"]["schemas"]["AssetInput"]

    assert list(schema["properties"]) == [spec.name for spec in fields()]
    assert schema["required"] == [spec.name for spec in fields() if spec.required]
    for spec in fields():
        told = schema["properties"][spec.name]
        assert told.get("maxLength") == spec.max_length
        assert told["examples"] == [spec.example]


def test_the_documentation_refers_to_no_other_host(http: TestClient) -> None:
    page = http.get("/docs").text

    referred = re.findall(r"""(?:src|href|url)\s*[=:]\s*["']([^"']+)["']""", page)
    assert referred
    assert not [address for address in referred if "//" in address]
    for address in referred:
        assert http.get(address).status_code == 200, address


def _cursor(cursor: str | None) -> dict[str, str]:
    return {"cursor": cursor} if cursor else {}


def test_a_currency_that_is_no_text_at_all_is_refused_by_name(http: TestClient) -> None:
    body = '{"name":"x","tag":"x","liquidityProfile":"HIGH","ccy":"\\ud83d"}'
    answer = http.post("/", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert [problem["field"] for problem in answer.json()["problems"]] == ["ccy"]


@pytest.mark.parametrize("body", ["[]", "null", "7", "", "{"])
def test_a_body_that_is_no_object_is_said_in_a_sentence(http: TestClient, body: str) -> None:
    answer = http.post("/", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert re.fullmatch(r"The body .*\.", answer.json()["error"])


@pytest.mark.parametrize("start", ["1e999", "9" * 30, "-5", '"x"', "null"])
def test_a_cursor_of_nobody_s_making_does_no_harm(http: TestClient, start: str) -> None:
    cursor = base64.urlsafe_b64encode(f'{{"start": {start}}}'.encode()).decode()

    assert http.get("/", params={"cursor": cursor}).status_code in {200, 422}


def test_a_body_over_the_limit_is_413_whatever_the_api_makes_of_it(
    http: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_guard, "_LARGEST_ELSEWHERE", 10)
    guarded = TestClient(request_guard.RequestGuard(http.app), base_url="http://127.0.0.1")

    answer = guarded.post("/", content=b"x" * 100, headers={"Content-Type": "application/json"})

    assert answer.status_code == 413


def test_what_the_filters_find_can_be_downloaded(http: TestClient) -> None:
    add(http, name="One")
    add(http, name="=Two", tag="SIPP")

    answer = http.get("/export?format=csv&tag=SIPP")

    assert answer.status_code == 200
    assert re.fullmatch(
        r'attachment; filename="assets-\d{4}-\d\d-\d\d\.csv"',
        answer.headers["content-disposition"],
    )
    header, line = answer.content.decode("utf-8-sig").splitlines()
    assert header.startswith("identifier,name,tag,liquidityProfile,ccy,version,createdAt")
    assert ",'=Two,SIPP,HIGH,GBP,1," in line


@pytest.mark.parametrize("query", ["format=pdf", "sort=colour"])
def test_a_download_of_what_there_is_not_is_refused(http: TestClient, query: str) -> None:
    assert http.get(f"/export?{query}").status_code == 422


FILE = b"Security;tag;Liquidity profile;ccy\nApple;IT;High;usd\nNovo;Health;Low;DKK\n"


def test_a_file_is_imported_by_its_own_headings(http: TestClient) -> None:
    answer = http.post("/import", content=FILE, headers={"X-Basket-User": "Ada"})

    assert answer.status_code == 200
    assert answer.json() | {"import": None} == {
        "import": None,
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "refused": 0,
        "problems": [],
    }
    items = http.get("/?sort=name").json()["items"]
    assert [(item["name"], item["ccy"], item["createdBy"]) for item in items] == [
        ("Apple", "USD", "Ada"),
        ("Novo", "DKK", "Ada"),
    ]


def test_a_dry_run_tells_and_writes_nothing(http: TestClient) -> None:
    answer = http.post("/import?dry_run=true", content=FILE)

    assert (answer.status_code, answer.json()["added"]) == (200, 2)
    assert http.get("/").json()["total"] == 0


def test_a_refused_row_keeps_the_file_out_unless_the_others_are_wanted(http: TestClient) -> None:
    content = FILE + b"Bad;IT;High;GBX\n"

    refused = http.post("/import", content=content)
    assert refused.status_code == 422
    [problem] = refused.json()["problems"]
    assert (problem["row"], problem["column"]) == (4, "ccy")
    assert http.get("/").json()["total"] == 0

    assert http.post("/import?partly=true", content=content).json()["added"] == 2
    assert http.get("/").json()["total"] == 2


def test_an_export_comes_back_as_updates_of_the_same_assets(http: TestClient) -> None:
    http.post("/import", content=FILE)
    exported = http.get("/export?format=csv&sort=name").content

    same = http.post("/import?key=identifier", content=exported).json()
    assert (same["unchanged"], same["added"], same["updated"]) == (2, 0, 0)

    changed = http.post("/import?key=identifier", content=exported.replace(b",IT,", b",Tech,"))
    assert changed.json()["updated"] == 1
    assert [item["tag"] for item in http.get("/?sort=name").json()["items"]] == ["Tech", "Health"]


def test_columns_and_fixed_values_can_be_given(http: TestClient) -> None:
    query = "column=name:Firm&fixed=tag:Index&fixed=liquidityProfile:high&fixed=ccy:GBP"

    answer = http.post(f"/import?{query}", content=b"Firm\nA\nB\n")

    assert answer.json()["added"] == 2


@pytest.mark.parametrize(
    ("query", "content", "told"),
    [
        ("", b"a,b\n1\n", "Line 2 has 1 value"),
        ("", b"", "This file is empty."),
        ("fixed=colour:red", FILE, "There is no field"),
        ("fixed=colour", FILE, "not of the form"),
        ("column=name:Nowhere", FILE, "There is no column"),
        ("key=colour", FILE, "to be known by"),
        ("format=pdf", FILE, "format"),
    ],
)
def test_an_import_that_cannot_be_understood_is_refused(
    http: TestClient, query: str, content: bytes, told: str
) -> None:
    answer = http.post(f"/import?{query}", content=content)

    assert answer.status_code == 422
    assert told in answer.text


def test_what_is_in_the_bin_is_deleted_for_good_by_a_presenter_alone(http: TestClient) -> None:
    identifier = add(http)

    assert http.delete(f"/{identifier}?for_good=true").status_code == 409
    assert http.delete(f"/{identifier}").status_code == 200
    guest = {ROLE_HEADER: "guest"}
    assert http.delete(f"/{identifier}?for_good=true", headers=guest).status_code == 403
    stale = http.delete(f"/{identifier}?for_good=true&version=1")
    assert (stale.status_code, stale.json()["current"]["version"]) == (409, 2)
    assert http.delete(f"/{identifier}?for_good=true").json()["identifier"] == identifier
    assert http.get(f"/{identifier}").status_code == 404
    assert http.delete(f"/{identifier}?for_good=true").status_code == 404


@pytest.mark.parametrize("path", ["/", "/export"])
@pytest.mark.parametrize("parameter", ["region", "name~from", "createdAt~to", "q"])
def test_a_filter_that_cannot_be_applied_is_refused_by_name(
    http: TestClient, path: str, parameter: str
) -> None:
    answer = http.get(path, params={parameter: "x"})
    assert answer.status_code == 422
    assert [problem["field"] for problem in answer.json()["problems"]] == [parameter]


def test_a_value_that_only_another_program_knows_is_filtered_by(
    http: TestClient, store: MemoryStore
) -> None:
    item = to_item(stored("odd", name="Odd"))
    store.put({**item, "liquidityProfile": {"S": "FROZEN"}})
    add(http, name="Plain")
    assert names(http.get("/", params={"liquidityProfile": "FROZEN"})) == ["Odd"]
    assert names(http.get("/", params={"liquidityProfile": "SOLID"})) == []
