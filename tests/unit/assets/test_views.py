"""Saved views: names that everybody shares, kept exactly once."""

import pytest

from services.assets.views import PK, View, ViewService, slug
from services.errors import InvalidName, NameTaken, StoreUnavailable, ViewNotFound
from services.store.documents.documents import Document
from services.store.read_model.catalogue import Catalogue
from tests.fakes.store import MemoryDocuments, MemorySource, MemoryStore


class Shelf:
    """A service over a store in memory."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.documents = MemoryDocuments(self.store)
        self.views = self.another()

    def another(self) -> ViewService:
        """The service of another process."""
        catalogue = Catalogue(MemorySource(self.store))
        catalogue.refresh()
        return ViewService(self.documents, catalogue)

    def save(self, *names: str) -> None:
        for name in names:
            self.views.save(name, f"q={name}", by="Ada")

    @property
    def names(self) -> list[str]:
        return [view.name for view in self.views.all()]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_a_saved_view_is_there_at_once_in_the_order_of_names(shelf: Shelf) -> None:
    shelf.save("bonds", "Älteste", "Cash")
    assert shelf.names == ["bonds", "Cash", "Älteste"]
    assert shelf.views.all()[0] == View("bonds", "q=bonds")


def test_everybody_has_the_same_views(shelf: Shelf) -> None:
    shelf.save("bonds")
    assert [view.name for view in shelf.another().all()] == ["bonds"]


@pytest.mark.parametrize("name", ["Bonds", "  bonds ", "BONDS", "bonds\n", "ｂｏｎｄｓ"])
def test_names_that_look_alike_are_one(shelf: Shelf, name: str) -> None:
    shelf.save("bonds")
    with pytest.raises(NameTaken):
        shelf.views.save(name, "q=other", by="Bob")
    assert shelf.views.all()[0].address == "q=bonds"


@pytest.mark.parametrize("name", ["a+b", "a-b", "a b", "🙂", "é", "../x", "a|b", "#"])
def test_names_that_look_different_are_two(shelf: Shelf, name: str) -> None:
    shelf.save("a_b", name)
    assert sorted(shelf.names) == sorted(["a_b", name])


def test_a_view_is_replaced_only_if_told_so(shelf: Shelf) -> None:
    shelf.save("bonds")
    shelf.views.save("BONDS", "q=other", by="Bob", replacing=True)
    assert shelf.views.all() == (View("BONDS", "q=other"),)


def test_replacing_what_is_gone_saves_it(shelf: Shelf) -> None:
    shelf.views.save("bonds", "q=other", by="Bob", replacing=True)
    assert shelf.names == ["bonds"]


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\u200b\u202e", "x" * 61])
def test_what_is_no_name_is_refused(shelf: Shelf, name: str) -> None:
    with pytest.raises(InvalidName):
        shelf.save(name)
    assert shelf.names == []


def test_an_address_longer_than_any_browser_s_is_refused(shelf: Shelf) -> None:
    with pytest.raises(InvalidName, match="fewer filters"):
        shelf.views.save("all", "q=" + "x" * 4000, by="Ada")


def test_a_lone_surrogate_is_replaced_and_harms_nobody(shelf: Shelf) -> None:
    shelf.save("a\ud800")
    assert shelf.names == ["a?"]


def test_renaming_keeps_what_is_looked_at(shelf: Shelf) -> None:
    shelf.save("bonds")
    shelf.views.rename("bonds", "Gilts", by="Bob")
    assert shelf.views.all() == (View("Gilts", "q=bonds"),)
    shelf.views.rename("gilts", "GILTS", by="Bob")
    assert shelf.views.all() == (View("GILTS", "q=bonds"),)


def test_renaming_takes_no_other_s_name(shelf: Shelf) -> None:
    shelf.save("bonds", "gilts")
    with pytest.raises(NameTaken):
        shelf.views.rename("bonds", "Gilts", by="Bob")
    assert shelf.names == ["bonds", "gilts"]


def test_renaming_what_is_gone_is_told(shelf: Shelf) -> None:
    with pytest.raises(ViewNotFound):
        shelf.views.rename("bonds", "gilts", by="Bob")


def test_a_view_is_removed_at_once_and_twice_is_no_error(shelf: Shelf) -> None:
    shelf.save("bonds", "gilts")
    shelf.views.remove("Bonds")
    assert shelf.names == ["gilts"]
    shelf.views.remove("bonds")


def test_a_document_that_is_no_view_is_passed_over(shelf: Shelf) -> None:
    shelf.documents.put(Document(PK, "x", {"name": 7}))
    shelf.documents.put(Document(PK, "y", {}))
    shelf.documents.put(Document("OTHER", "z", {"name": "z", "address": ""}))
    shelf.save("bonds")
    assert shelf.names == ["bonds"]


def test_a_store_that_is_away_is_told(shelf: Shelf) -> None:
    shelf.store.away = True
    with pytest.raises(StoreUnavailable):
        shelf.save("bonds")


def test_a_key_is_never_longer_than_dynamodb_takes() -> None:
    assert len(slug("\ufdfa" * 60).encode()) <= 1024
