"""What a writer makes of an answer that is lost, late or refused."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from services.errors import StoreUnavailable
from services.store.assets.writer import ConditionFailed, ItemWriter, if_new
from services.store.attributes import Item
from services.store.gateway import Broken, InDoubt

MINE: Item = {"PK": {"S": "A"}, "SK": {"S": "META"}, "operation": {"S": "mine"}}
THEIRS: Item = {**MINE, "operation": {"S": "theirs"}}
KEY: Item = {"PK": MINE["PK"], "SK": MINE["SK"]}


class Store:
    """A gateway whose answers are told beforehand; `there` is the item that a look finds."""

    quick = write = SimpleNamespace(get_item="get", put_item="put", delete_item="delete")

    def __init__(self, *answers: Exception | None, there: Item | None = None) -> None:
        self.answers: Sequence[Exception | None] = answers
        self.there = there
        self.sent = 0

    def call(self, _: str, **__: Any) -> None:
        answer = self.answers[self.sent]
        self.sent += 1
        if answer:
            raise answer

    def read(self, _: str, **__: Any) -> dict[str, Any]:
        return {"Item": self.there} if self.there else {}


def writer(store: Store) -> ItemWriter:
    return ItemWriter(store, "T")  # type: ignore[arg-type]  # as much of a gateway as it needs


def error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "PutItem")


def test_a_broken_connection_sends_the_change_again_unless_it_is_there() -> None:
    there = Store(Broken(), there=MINE)
    writer(there).put(MINE, if_new())
    assert there.sent == 1

    not_there = Store(Broken(), Broken(), None)
    assert writer(not_there).put(MINE, if_new()) == MINE
    assert not_there.sent == 3


def test_a_server_that_keeps_breaking_off_is_away_in_the_end() -> None:
    store = Store(*[Broken()] * 4)
    with pytest.raises(StoreUnavailable):
        writer(store).put(MINE, if_new())
    assert store.sent == 4


def test_without_an_answer_what_is_there_decides() -> None:
    assert writer(Store(InDoubt(), there=MINE)).put(MINE, if_new()) == MINE
    for there in (None, THEIRS):
        with pytest.raises(StoreUnavailable):
            writer(Store(InDoubt(), there=there)).put(MINE, if_new())


def test_a_failed_condition_is_success_only_for_ones_own_operation() -> None:
    failed = error("ConditionalCheckFailedException")
    assert writer(Store(failed, there=MINE)).put(MINE, if_new()) == MINE
    with pytest.raises(ConditionFailed, match="another version") as stale:
        writer(Store(failed, there=THEIRS)).put(MINE, if_new())
    assert stale.value.current == THEIRS


def test_any_other_refusal_is_a_store_that_is_away() -> None:
    refusal = error("ValidationException")
    for act in (
        lambda store: writer(store).put(MINE, if_new()),
        lambda store: writer(store).put_if_new(MINE),
        lambda store: writer(store).remove(KEY, {}),
    ):
        with pytest.raises(StoreUnavailable, match="refused the change"):
            act(Store(refusal))
    writer(Store(error("ConditionalCheckFailedException"))).put_if_new(MINE)


def test_what_is_gone_already_is_removed_and_what_changed_is_not() -> None:
    failed = error("ConditionalCheckFailedException")
    writer(Store(failed)).remove(KEY, {})
    with pytest.raises(ConditionFailed):
        writer(Store(failed, there=THEIRS)).remove(KEY, {})
