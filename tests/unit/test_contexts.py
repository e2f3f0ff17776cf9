"""Two applications in one process: neither sees the other's assets, settings or roles."""

from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.routes import Api
from app.security.requests import ROLE_HEADER
from services.access import Role
from services.assets.service import AssetService
from services.store.read_model.catalogue import Catalogue
from tests.fakes.application import settings_for
from tests.fakes.store import MemoryRepository, MemorySource, MemoryStore

CARD = {"name": "Gold", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"}


def api(role: Role) -> TestClient:
    """An API over a store of its own, where everybody counts as this of whom nothing is known."""
    store = MemoryStore()
    assets = AssetService(MemoryRepository(store), Catalogue(MemorySource(store)))
    services: Any = SimpleNamespace(assets=assets, settings=settings_for(role))
    return TestClient(Api(lambda: services))


@pytest.fixture
def two() -> tuple[TestClient, TestClient]:
    return api("presenter"), api("guest")


def test_what_is_added_to_one_is_not_in_the_other(two: tuple[TestClient, TestClient]) -> None:
    one, other = two
    identifier = one.post("/", json=CARD).json()["identifier"]

    assert one.get(f"/{identifier}").status_code == 200
    assert other.get(f"/{identifier}").status_code == 404
    assert other.get("/").json()["total"] == 0


def test_who_is_a_presenter_in_one_may_be_a_guest_in_the_other(
    two: tuple[TestClient, TestClient],
) -> None:
    def erase(client: TestClient, **headers: str) -> int:
        identifier = client.post("/", json=CARD).json()["identifier"]
        client.delete(f"/{identifier}")
        return client.delete(f"/{identifier}?for_good=true", headers=headers).status_code

    one, other = two
    assert [erase(one), erase(other)] == [200, 403]
    told = {ROLE_HEADER: "presenter"}
    assert [erase(other, **told), erase(other)] == [200, 403]
