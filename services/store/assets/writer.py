"""Items of one table: read by key, written whole, exactly once."""

from typing import Any, cast

from botocore.exceptions import ClientError

from services.errors import StoreUnavailable
from services.store.assets.items import operation_of, too_large
from services.store.attributes import Item
from services.store.gateway import Broken, Gateway, InDoubt, code

_TRIES_WHILE_IT_DIES = 3
_NOT_COMPARED = ("PK", "SK", "version", "history")
"""Of what was read: what has a condition of its own, and what nobody else writes."""
_MOST_COMPARED = 140
"""Attributes; a condition has 300 operators at the most (DynamoDB's own limit)."""


class ConditionFailed(Exception):  # noqa: N818 - says what the caller's knowledge is
    """The item is no longer what the writer thought."""

    def __init__(self, current: Item | None) -> None:
        super().__init__("The item has another version.")
        self.current = current


class ItemWriter:
    """Puts and deletes under a condition; where an answer is lost, what is there tells.

    Every item holds the id of the operation that made it what it is. Where the answer is lost or
    the condition fails, finding one's own operation id means success.
    """

    def __init__(self, gateway: Gateway, table: str) -> None:
        self._gateway = gateway
        self._table = table

    def get(self, key: Item) -> Item | None:
        """The item with this key; None if there is none. Raises StoreUnavailable."""
        answer = self._gateway.read(
            self._gateway.quick.get_item, TableName=self._table, Key=key, ConsistentRead=True
        )
        return cast("Item | None", answer.get("Item"))

    def put(self, item: Item, condition: dict[str, Any]) -> Item:
        """Write the item; returns what is there now: after a repeated try, what the first wrote.

        Raises StaleItem with what is there instead, StoreUnavailable if it is not certain that
        the change was written, InvalidAsset if it is too large for the store.
        """
        put = self._gateway.write.put_item
        already = self._change(_key(item), operation_of(item), put, Item=item, **condition)
        return already or item

    def put_if_new(self, item: Item) -> None:
        """Write an item as it is, unless there is one with its key. Raises StoreUnavailable."""
        put = self._gateway.write.put_item
        try:
            self._gateway.call(put, TableName=self._table, Item=item, **if_new())
        except ClientError as error:
            if not failed_condition(error):
                raise refused(error) from error

    def remove(self, key: Item, condition: dict[str, Any]) -> None:
        """Delete the item for good. Raises StaleItem and StoreUnavailable."""
        try:
            self._change(key, None, self._gateway.write.delete_item, Key=key, **condition)
        except ConditionFailed as error:
            if error.current is not None:
                raise

    def _try(self, key: Item, operation: str | None, call: Any, arguments: dict[str, Any]) -> None:
        """Send the change, again if the server died over it and it is not there afterwards.

        That can do no harm: of two puts under the same condition one succeeds at the most. The port
        of a server that is dying may take some more connections and break them off.
        """
        for _ in range(_TRIES_WHILE_IT_DIES):
            try:
                self._gateway.call(call, TableName=self._table, **arguments)
            except Broken:
                if _came_about(self.get(key), operation):
                    return
            else:
                return
        self._gateway.call(call, TableName=self._table, **arguments)

    def _change(self, key: Item, operation: str | None, call: Any, **arguments: Any) -> Item | None:
        """Make the change; returns what is there if it turned out to have been made before."""
        current = None
        try:
            self._try(key, operation, call, arguments)
        except ClientError as error:
            if "Item size has exceeded" in str(error):
                # A stock Moto takes some bytes less than DynamoDB.
                raise too_large() from error
            if not failed_condition(error):
                raise refused(error) from error
            current = self.get(key)
            if not _came_about(current, operation):
                raise ConditionFailed(current) from error
        except InDoubt as error:
            current = self.get(key)
            if not _came_about(current, operation):
                raise StoreUnavailable(str(error)) from error
        return current


def if_new() -> dict[str, Any]:
    """The condition that there is no item with its key yet."""
    return {"ConditionExpression": "attribute_not_exists(PK)"}


def if_version(expected: int, found: dict[str, Any] | None = None) -> dict[str, Any]:
    """The condition that the item has the version that was read.

    `found`: the version as it stood there, if the item was read: one that another program wrote
    may be no number, or read as the expected one although it is a text.
    """
    names = {"#version": "version"}
    there = found or ({"N": str(expected)} if expected else None)
    if there is None:
        return {
            "ConditionExpression": "attribute_exists(PK) AND attribute_not_exists(#version)",
            "ExpressionAttributeNames": names,
        }
    return {
        "ConditionExpression": "#version = :there",
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": {":there": there},
    }


def if_as_found(found: Item, expected: int = 0) -> dict[str, Any]:
    """The condition that the item is what was read, whether or not its version tells of a change.

    Not every program raises the version. `expected`: what the version was understood as.
    """
    condition = if_version(expected, found.get("version"))
    compared = [name for name in sorted(found) if name not in _NOT_COMPARED][:_MOST_COMPARED]
    clauses = [f"#f{place} = :f{place}" for place in range(len(compared))]
    names = {f"#f{place}": name for place, name in enumerate(compared)}
    values = {f":f{place}": found[name] for place, name in enumerate(compared)}
    values |= condition.get("ExpressionAttributeValues", {})
    return {
        "ConditionExpression": " AND ".join([condition["ConditionExpression"], *clauses]),
        "ExpressionAttributeNames": {**condition["ExpressionAttributeNames"], **names},
        **({"ExpressionAttributeValues": values} if values else {}),
    }


def failed_condition(error: ClientError) -> bool:
    """Whether it says that the condition of a write does not hold."""
    return code(error) == "ConditionalCheckFailedException"


def refused(error: ClientError) -> StoreUnavailable:
    """What to raise for an error that nobody foresaw."""
    return StoreUnavailable(f"The store refused the change: {error}")


def _came_about(current: Item | None, operation: str | None) -> bool:
    """Whether what is there now is what the operation wanted; None wants nothing to be there."""
    return operation == (operation_of(current) if current else None)


def _key(item: Item) -> Item:
    return {"PK": item["PK"], "SK": item["SK"]}
