"""Assets in the table: read by key, written whole, exactly once."""

from typing import Any, cast

from botocore.exceptions import ClientError

from services.errors import StoreUnavailable
from services.store.gateway import Broken, Gateway, InDoubt, code
from services.store.items import Item, Stored, from_item, to_item
from services.store.table import asset_key


class Stale(Exception):  # noqa: N818 - says what the caller's knowledge is
    """The item is no longer what the writer thought."""

    def __init__(self, current: Stored | None) -> None:
        super().__init__("The item has another version.")
        self.current = current


class AssetRepository:
    """The assets of one table."""

    def __init__(self, gateway: Gateway, table: str) -> None:
        self._gateway = gateway
        self._table = table

    def get(self, identifier: str) -> Stored | None:
        """The asset with this identifier; None if there is none.

        Raises StoreUnavailable.
        """
        answer = self._gateway.read(
            self._gateway.quick.get_item,
            TableName=self._table,
            Key=asset_key(identifier),
            ConsistentRead=True,
        )
        item = answer.get("Item")
        return from_item(cast("Item", item)) if item else None

    def put(self, stored: Stored, expected: int | None) -> Stored:
        """Write the whole item, if its version is still the expected one (None: if it is new).

        Returns what is there now: after a repeated try, what the first one wrote.

        Written exactly once however often it is tried with the same operation id: where the
        answer is lost or the condition fails, finding one's own operation id means success.
        Raises Stale with what is there instead, StoreUnavailable if it is not certain that the
        change was written, InvalidAsset if it is too large.
        """
        already = self._change(
            stored.asset.identifier,
            stored.operation,
            self._gateway.write.put_item,
            Item=to_item(stored),
            **_condition(expected, stored.found_version),
        )
        return already or stored

    def put_back(self, item: Item) -> None:
        """Write an item as it once was, unless there is one with its key.

        Raises StoreUnavailable.
        """
        try:
            self._gateway.call(
                self._gateway.write.put_item,
                TableName=self._table,
                Item=item,
                **_condition(None, None),
            )
        except ClientError as error:
            if not _failed_condition(error):
                raise _refused(error) from error

    def remove(self, identifier: str, expected: int) -> None:
        """Delete the item for good, if its version is still the expected one.

        Raises Stale and StoreUnavailable.
        """
        current = self.get(identifier)
        if current is None:
            return
        if current.asset.version != expected:
            raise Stale(current)
        try:
            self._change(
                identifier,
                None,
                self._gateway.write.delete_item,
                Key=asset_key(identifier),
                **_condition(expected, current.found_version),
            )
        except Stale as error:
            if error.current is not None:
                raise

    def _try(
        self, identifier: str, operation: str | None, call: Any, arguments: dict[str, Any]
    ) -> None:
        """Send the change, once more if the server died over it and it is not there afterwards.

        That can do no harm: of two puts under the same condition one succeeds at the most.
        """
        try:
            self._gateway.call(call, TableName=self._table, **arguments)
        except Broken:
            if not _came_about(self.get(identifier), operation):
                self._gateway.call(call, TableName=self._table, **arguments)

    def _change(
        self, identifier: str, operation: str | None, call: Any, **arguments: Any
    ) -> Stored | None:
        """Make the change; returns what is there if it turned out to have been made before."""
        current = None
        try:
            self._try(identifier, operation, call, arguments)
        except ClientError as error:
            if not _failed_condition(error):
                raise _refused(error) from error
            current = self.get(identifier)
            if not _came_about(current, operation):
                raise Stale(current) from error
        except InDoubt as error:
            current = self.get(identifier)
            if not _came_about(current, operation):
                raise StoreUnavailable(str(error)) from error
        return current


def _came_about(current: Stored | None, operation: str | None) -> bool:
    """Whether what is there now is what the operation wanted; None wants nothing to be there."""
    return operation == (current.operation if current else None)


def _failed_condition(error: ClientError) -> bool:
    return code(error) == "ConditionalCheckFailedException"


def _refused(error: ClientError) -> StoreUnavailable:
    return StoreUnavailable(f"The store refused the change: {error}")


def _condition(expected: int | None, found: dict[str, Any] | None) -> dict[str, Any]:
    """The condition of a write: that the item is new, or has the version that was read.

    `found`: the version as it stood there, if the item was read: one that another program wrote
    may be no number, or read as the expected one although it is a text.
    """
    if expected is None:
        return {"ConditionExpression": "attribute_not_exists(PK)"}
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
