"""The table: its keys, its stream, and that it is there."""

import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ASSET_PREFIX = "ASSET#"
SESSION_PREFIX = "SESSION#"
"""Of a session, its people and what they said."""
META = "META"


def ensure_table(client: "DynamoDBClient", table: str) -> str:
    """Create the table if it is missing, switch its stream on if it is off.

    Returns the ARN of the stream. That the table exists already is normal.
    """
    with contextlib.suppress(client.exceptions.ResourceInUseException):
        client.create_table(
            TableName=table,
            KeySchema=[
                {"AttributeName": "PK", "KeyType": "HASH"},
                {"AttributeName": "SK", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[
                {"AttributeName": "PK", "AttributeType": "S"},
                {"AttributeName": "SK", "AttributeType": "S"},
            ],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        )
    client.get_waiter("table_exists").wait(
        TableName=table, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
    )
    return stream_of(client, table) or _switch_stream_on(client, table)


def remove_table(client: "DynamoDBClient", table: str) -> None:
    """Delete the table with all that is in it; that there is none is normal."""
    with contextlib.suppress(client.exceptions.ResourceNotFoundException):
        client.delete_table(TableName=table)


def stream_of(client: "DynamoDBClient", table: str) -> str | None:
    """The ARN of the table's stream; None if it has none."""
    described = client.describe_table(TableName=table)["Table"]
    enabled = described.get("StreamSpecification", {}).get("StreamEnabled")
    return described.get("LatestStreamArn") if enabled else None


def _switch_stream_on(client: "DynamoDBClient", table: str) -> str:
    client.update_table(
        TableName=table,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    arn = stream_of(client, table)
    if arn is None:
        raise RuntimeError(f"The stream of table {table} cannot be switched on.")
    return arn


def identifier_of(key: str) -> str:
    """The identifier of the asset whose item has this key."""
    return key.removeprefix(ASSET_PREFIX).removesuffix(f"|{META}")


def asset_key(identifier: str) -> dict[str, dict[str, str]]:
    """The key of an asset's item, as DynamoDB JSON."""
    return {"PK": {"S": f"{ASSET_PREFIX}{identifier}"}, "SK": {"S": META}}


def key_of(item: Mapping[str, Mapping[str, Any]]) -> str:
    """The item's key as one text."""
    return f"{item['PK'].get('S')}|{item['SK'].get('S')}"
