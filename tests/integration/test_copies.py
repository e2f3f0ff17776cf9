"""Copies of the basket on a real Moto: nobody sees another's, and nothing of them is left."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest

from app import bootstrap
from app.basket import Basket
from app.settings import Settings
from services.errors import StoreUnavailable
from services.model.query import AssetQuery
from services.sandbox.service import Wanted
from services.scenarios.service import NOW
from services.store.gateway import Gateway
from tests.bench.processes import free_port
from tests.fakes.assets import entered
from tests.integration.stores import kill, motos

ALL = AssetQuery(limit=1000)
EMPTY, PORTFOLIO = Wanted("empty"), Wanted("portfolio")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    endpoint = f"http://127.0.0.1:{free_port()}"
    return Settings(dynamodb_endpoint=endpoint, data_dir=tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def shared(settings: Settings) -> Iterator[Basket]:
    made = bootstrap.build(settings)
    made.catalogue.read()
    yield made
    made.close()
    assert motos(settings.data_dir) == []


def copy_of(shared: Basket, person: str, wanted: Wanted = EMPTY) -> Basket:
    shared.copies.see_to(person, wanted)
    found = shared.copies.of(person)
    assert found
    return found


def names(basket: Basket) -> list[str]:
    return sorted(asset.name for asset in basket.assets.browse(ALL).items)


def tables(shared: Basket) -> list[str]:
    gateway = Gateway(shared.server.connection, shared.server)
    return gateway.call(gateway.quick.list_tables)["TableNames"]


def test_twenty_people_each_add_the_first_asset_and_none_sees_anothers(shared: Basket) -> None:
    people = [f"person {number}" for number in range(20)]
    shared.assets.add(entered(name="Everybody's"), by="Ada")

    def add_the_first(person: str) -> str:
        mine = copy_of(shared, person)
        assert names(mine) == []
        return mine.assets.add(entered(name=person), by=person).identifier

    with ThreadPoolExecutor(20) as pool:
        added = list(pool.map(add_the_first, people))

    for person, identifier in zip(people, added, strict=True):
        mine = copy_of(shared, person)
        mine.catalogue.refresh()
        assert names(mine) == [person]
        assert [event.asset.name for event in mine.assets.activity(5)] == [person]
        mine.assets.bin(identifier, by=person, version=1)
    assert names(shared) == ["Everybody's"]
    assert len(tables(shared)) == 21
    for person in people:
        shared.copies.end(person)
    assert tables(shared) == [shared.settings.table]


def test_everything_that_is_done_in_a_copy_stays_in_it(shared: Basket) -> None:
    before = names(shared)
    mine, other = copy_of(shared, "ada", PORTFOLIO), copy_of(shared, "bob", PORTFOLIO)
    first = mine.assets.browse(ALL).items[0]

    mine.assets.set_fields(
        first.identifier, {"tag": "Mine"}, version=first.version, by="Ada", draft="d"
    )
    mine.scenarios.save("mine alone", role="presenter")
    mine.scenarios.load("starter", by="Ada", role="presenter")
    out = BytesIO()
    mine.exports.matching(ALL, "csv", out)

    assert len(names(mine)) == 3
    assert out.getvalue().count(b"\n") == 4
    assert other.scenarios.compare("portfolio", NOW).is_empty
    assert names(shared) == before
    assert shared.scenarios.last() is None
    assert [each for each in shared.scenarios.checkpoints() if not each.automatic] == []
    # What is said is everybody's.
    assert mine.sessions is shared.sessions
    assert mine.feedback is shared.feedback
    shared.copies.end("ada")
    shared.copies.end("bob")


def test_a_copy_outlives_a_moto_that_died_and_not_its_own_end(shared: Basket) -> None:
    mine = copy_of(shared, "ada")
    mine.assets.add(entered(name="Mine"), by="Ada")
    moto = shared.server.state.pid
    assert moto
    kill(moto)
    mine.assets.add(entered(name="Afterwards"), by="Ada")
    assert names(mine) == ["Afterwards", "Mine"]

    shared.copies.end("ada")
    # Whoever still looks at it does not bring its table back.
    with pytest.raises(StoreUnavailable):
        mine.assets.add(entered(name="Too late"), by="Ada")
    mine.catalogue.refresh()
    assert tables(shared) == [shared.settings.table]


def test_what_a_killed_app_left_behind_is_removed_by_the_next_and_what_is_in_use_is_not(
    shared: Basket, settings: Settings
) -> None:
    copy_of(shared, "ada")
    dead = bootstrap.build(settings)
    left = copy_of(dead, "bob")
    # As if its process had ended: nothing of it holds the folder any more.
    for copy in dead.copies._copies.values():
        copy.folder.leave_behind()
    dead.server.stop()
    assert len(tables(shared)) == 3

    later = bootstrap.build(settings)
    later.copies.clear_away()
    later.close()

    assert len(tables(shared)) == 2
    assert copy_of(shared, "ada")
    assert not (settings.data_dir / "copies" / left.copy).exists()
    shared.copies.end("ada")
