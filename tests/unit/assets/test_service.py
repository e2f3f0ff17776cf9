"""The use cases, over the store in memory."""

from datetime import timedelta

import pytest

from services.assets.service import AssetService
from services.errors import AssetNotFound, Conflict, InvalidAsset, StoreUnavailable
from services.model.current import fields
from services.model.fields.flat import flat
from services.model.history import Change
from services.model.patch import patch_of
from services.model.query import AssetQuery, Filter
from services.store.assets.items import to_item
from services.store.read_model.catalogue import Catalogue
from tests.fakes.assets import NOON, entered, stored
from tests.fakes.store import MemoryRepository, MemorySource, MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def assets(store: MemoryStore) -> AssetService:
    moments = iter(NOON + timedelta(seconds=second) for second in range(100))
    catalogue = Catalogue(MemorySource(store))
    return AssetService(MemoryRepository(store), catalogue, clock=lambda: next(moments))


def test_an_added_asset_has_an_identifier_a_version_an_author_and_a_time(
    assets: AssetService,
) -> None:
    added = assets.add(entered(), by="Ada")

    assert assets.get(added.identifier) == added
    assert (added.version, added.created_by, added.updated_by) == (1, "Ada", "Ada")
    assert added.created_at == added.updated_at == NOON
    assert added.deleted_at is None


def test_a_double_click_adds_one_asset(assets: AssetService) -> None:
    first = assets.add(entered(), by="Ada", identifier="drawn-with-the-form")
    second = assets.add(entered(), by="Ada", identifier="drawn-with-the-form")

    assert first == second
    assert assets.browse(AssetQuery()).total == 1


def test_two_visits_to_the_form_add_two_assets(assets: AssetService) -> None:
    assets.add(entered(), by="Ada")
    assets.add(entered(), by="Ada")

    assert assets.browse(AssetQuery()).total == 2


def test_an_identifier_that_belongs_to_another_asset_is_a_conflict_that_shows_it(
    assets: AssetService, store: MemoryStore
) -> None:
    store.put(to_item(stored("one", operation="somebody else's", name="Theirs")))

    with pytest.raises(Conflict) as caught:
        assets.add(entered(), by="Ada", identifier="one")

    assert caught.value.current.name == "Theirs"
    assert assets.get("one").name == "Theirs"


def test_an_asset_that_does_not_exist_is_not_found(assets: AssetService) -> None:
    with pytest.raises(AssetNotFound) as caught:
        assets.get("nowhere")

    assert caught.value.identifier == "nowhere"


def test_an_asset_is_read_as_it_last_was_while_the_store_is_away(
    assets: AssetService, store: MemoryStore
) -> None:
    added = assets.add(entered(), by="Ada")
    assets.browse(AssetQuery())
    store.away = True

    assert assets.get(added.identifier) == added
    with pytest.raises(AssetNotFound):
        assets.get("nowhere")


def test_nothing_is_read_from_a_store_that_has_never_answered(
    assets: AssetService, store: MemoryStore
) -> None:
    store.away = True

    with pytest.raises(StoreUnavailable):
        assets.browse(AssetQuery())
    with pytest.raises(StoreUnavailable):
        assets.get("one")
    assert assets.values_in_use() == {}


def test_an_added_asset_is_in_the_next_page_that_is_asked_for(assets: AssetService) -> None:
    assert assets.browse(AssetQuery()).is_empty_basket
    added = assets.add(entered(tag="Mine"), by="Ada")
    assets.add(entered(tag="Other"), by="Ada")

    page = assets.browse(AssetQuery(filters={"tag": Filter(("Mine",))}))

    assert page.items == (added,)
    assert (page.total, page.everything) == (1, 2)
    assert {count.value for count in page.facets["tag"]} == {"Mine", "Other"}


def test_values_in_use_are_counted_by_field(assets: AssetService) -> None:
    for tag in ("ISA", "ISA", "SIPP"):
        assets.add(entered(tag=tag), by="Ada")

    counted = [(count.value, count.count) for count in assets.values_in_use()["tag"]]

    assert counted == [("ISA", 2), ("SIPP", 1)]


def test_an_edit_raises_the_version_and_keeps_who_added_it(assets: AssetService) -> None:
    added = assets.add(entered(), by="Ada")

    edited = assets.edit(added.identifier, patch_of(entered(name="New"), 1), by="Bob")

    assert (edited.name, edited.version, edited.updated_by) == ("New", 2, "Bob")
    assert (edited.created_by, edited.created_at) == ("Ada", added.created_at)
    assert assets.get(added.identifier) == edited


def test_of_two_who_edit_the_same_version_the_second_is_shown_the_firsts(
    assets: AssetService,
) -> None:
    added = assets.add(entered(), by="Ada")
    assets.edit(added.identifier, patch_of(entered(name="First"), 1), by="Bob")

    with pytest.raises(Conflict) as caught:
        assets.edit(added.identifier, patch_of(entered(name="Second"), 1), by="Eve")

    assert caught.value.current.name == "First"
    assert assets.get(added.identifier).name == "First"


def test_a_binned_asset_leaves_the_basket_and_comes_back_when_restored(
    assets: AssetService,
) -> None:
    added = assets.add(entered(), by="Ada")

    assets.bin(added.identifier, by="Bob")
    assert assets.browse(AssetQuery()).total == 0
    assert assets.browse(AssetQuery(binned=True)).total == 1

    restored = assets.restore(added.identifier, by="Bob")
    assert assets.browse(AssetQuery()).items == (restored,)
    assert (restored.version, restored.deleted_at) == (3, None)


def test_a_change_too_large_to_be_kept_is_not_undone(
    assets: AssetService, store: MemoryStore
) -> None:
    added = assets.add(entered(), by="Ada")
    after = assets.edit(added.identifier, patch_of(entered(tag="SIPP"), 1), by="Ada")
    item = store.items[f"ASSET#{added.identifier}|META"]
    change = Change(version=2, at=NOON, by="Ada", what="edited", cut=True)
    store.put({**item, "history": {"L": [{"S": change.model_dump_json(by_alias=True)}]}})

    with pytest.raises(InvalidAsset, match="too large to be kept"):
        assets.take_back(added.identifier, version=2, by="Ada", draft="back")

    assert assets.get(added.identifier) == after


def by_hand(store: MemoryStore, identifier: str, **attributes: dict[str, str]) -> None:
    """Change attributes as the AWS command line does: without a word of it."""
    store.put({**store.items[f"ASSET#{identifier}|META"], **attributes})


def test_an_edit_does_not_revert_what_another_program_changed_in_the_same_version(
    assets: AssetService, store: MemoryStore
) -> None:
    added = assets.add(entered(), by="Ada")
    read = flat(fields(), added.plain())
    by_hand(store, added.identifier, tag={"S": "Theirs"})

    patch = patch_of(entered(name="Mine"), 1)
    with pytest.raises(Conflict, match="Another program has changed") as caught:
        assets.edit(added.identifier, patch, by="Eve", read=read)

    assert (caught.value.current.tag, caught.value.by) == ("Theirs", "Another program")
    read = flat(fields(), caught.value.current.plain())
    patch = patch_of(entered(name="Mine", tag="Theirs"), 1)
    assert assets.edit(added.identifier, patch, by="Eve", read=read).tag == "Theirs"
    (edit, _) = assets.open(added.identifier).changes
    assert list(edit.fields) == ["name"]


def test_a_change_is_not_undone_over_what_another_program_made_of_it(
    assets: AssetService, store: MemoryStore
) -> None:
    added = assets.add(entered(), by="Ada")
    assets.edit(added.identifier, patch_of(entered(tag="SIPP"), 1), by="Ada")
    by_hand(store, added.identifier, tag={"S": "Theirs"})

    with pytest.raises(Conflict, match="Another program"):
        assets.take_back(added.identifier, version=2, by="Ada", draft="back")

    assert assets.get(added.identifier).tag == "Theirs"
