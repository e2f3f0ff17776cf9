"""What the services rely on beside assets: the same suite for real documents and for fake ones."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.errors import InvalidAsset, StoreUnavailable
from services.store.documents.documents import Document, DocumentRepository, StaleDocument
from services.store.read_model.catalogue import Catalogue
from tests.bench.processes import free_port
from tests.fakes.store import MemoryDocuments, MemorySource, MemoryStore
from tests.integration.stores import Real, gateway

Store = tuple[DocumentRepository, Callable[[], Catalogue]]
NOTE = Document("SESSION#one", "FEEDBACK#1", {"text": "🙂 \u202e", "likes": ["Ada", "Bob"]})


@pytest.fixture(params=["memory", "moto"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        memory = MemoryStore()
        return MemoryDocuments(memory), lambda: Catalogue(MemorySource(memory))
    real = Real(request.getfixturevalue("durable_url"))
    return DocumentRepository(real.gateway, real.table), lambda: Catalogue(real.source())


def test_a_document_is_read_as_it_was_written(store: Store) -> None:
    documents, _ = store

    put = documents.put(NOTE)

    assert (put.body, put.version) == (NOTE.body, 1)
    assert documents.get(NOTE.pk, NOTE.sk) == put
    assert documents.get(NOTE.pk, "other") is None


def test_numbers_and_nothing_come_back_as_they_are_worth(store: Store) -> None:
    documents, _ = store

    documents.put(replace(NOTE, body={"a": 1, "b": Decimal("0.10"), "c": None, "d": True}))

    read = documents.get(NOTE.pk, NOTE.sk)
    assert read is not None
    assert read.body == {"a": 1, "b": Decimal("0.10"), "d": True}


def test_who_writes_on_what_is_no_longer_so_is_told_what_it_is(store: Store) -> None:
    documents, _ = store
    first = documents.put(NOTE)
    second = documents.put(replace(first, body={"text": "two"}))

    for late in (NOTE, first):
        with pytest.raises(StaleDocument) as caught:
            documents.put(replace(late, body={"text": "late"}))
        assert caught.value.current == second
    with pytest.raises(StaleDocument):
        documents.remove(first)


def test_the_same_operation_is_done_once(store: Store) -> None:
    documents, _ = store

    first = documents.put(NOTE, operation="click")

    assert documents.put(NOTE, operation="click") == first


def test_what_was_removed_is_gone_and_may_be_removed_again(store: Store) -> None:
    documents, _ = store
    put = documents.put(NOTE)

    documents.remove(put)
    documents.remove(put)

    assert documents.get(NOTE.pk, NOTE.sk) is None


def test_steps_of_many_people_are_all_taken(store: Store) -> None:
    documents, _ = store

    def one_more(body: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"count": int(body.get("count", 0)) + 1}

    with ThreadPoolExecutor(4) as people:
        list(people.map(lambda _: documents.change("C", "META", one_more), range(12)))

    there = documents.get("C", "META")
    assert there is not None
    assert there.body == {"count": 12}


def test_the_catalogue_knows_documents_by_their_keys_as_they_change(store: Store) -> None:
    documents, make = store
    first = documents.put(NOTE)
    catalogue = make()
    assert [item["SK"]["S"] for item in catalogue.others("SESSION#one|")] == ["FEEDBACK#1"]
    before = catalogue.freshness.revision

    documents.put(replace(NOTE, sk="FEEDBACK#0"))
    documents.put(replace(NOTE, pk="SESSION#two"))
    seen = [item["SK"]["S"] for item in catalogue.others("SESSION#one|")]
    assert seen == ["FEEDBACK#0", "FEEDBACK#1"]
    assert catalogue.freshness.revision > before

    documents.remove(first)
    assert [item["SK"]["S"] for item in catalogue.others("SESSION#one|")] == ["FEEDBACK#0"]
    assert len(catalogue.read()) == 0


def test_a_number_that_dynamodb_does_not_hold_is_refused_by_its_name(store: Store) -> None:
    documents, _ = store

    with pytest.raises(InvalidAsset) as caught:
        documents.put(replace(NOTE, body={"much": Decimal("1e200")}))

    assert caught.value.problems[0].field == "much"


def test_a_store_that_is_away_is_unavailable() -> None:
    memory = MemoryStore()
    memory.away = True
    nobody = gateway(f"http://127.0.0.1:{free_port()}")

    for documents in (MemoryDocuments(memory), DocumentRepository(nobody, "Nowhere")):
        with pytest.raises(StoreUnavailable):
            documents.get(NOTE.pk, NOTE.sk)
