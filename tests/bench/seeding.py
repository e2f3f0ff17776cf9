"""Assets for the benchmarks: the same ones for everybody, written past the applications."""

import contextlib
import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.dynamo import Dynamo
from tests.bench.servers import Site, afternoon, product, scratch

OUR_TABLE = "AssetBasket"
RIVAL_TABLE = "Assets"
TAGS = ["ISA", "SIPP", "GIA", "Pension", "Cash"]
PROFILES = ["HIGH", "MEDIUM", "LOW"]
CURRENCIES = ["GBP", "EUR", "USD", "JPY", "CHF"]
BATCH = 25
"""Items a BatchWriteItem may carry."""

Item = dict[str, dict[str, str]]


def assets(count: int) -> Iterator[dict[str, str]]:
    """As many assets, the same ones each time, as the afternoon's table keeps them."""
    chance = Random(count)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    for number in range(count):
        yield {
            "identifier": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "name": f"Fund {number:05} {chance.choice(['Growth', 'Income', 'Index'])}",
            "tag": chance.choice(TAGS),
            "liquidityProfile": PROFILES[number % 7 % 3],
            "ccy": chance.choice(CURRENCIES),
            "createdAt": (start + timedelta(seconds=number)).isoformat(),
        }


def profile_count(count: int, profile: str) -> int:
    """How many of so many assets have this liquidity profile."""
    return sum(asset["liquidityProfile"] == profile for asset in assets(count))


def rival_item(asset: dict[str, str]) -> Item:
    """The asset as the afternoon's table keeps it, as DynamoDB JSON."""
    return {name: {"S": value} for name, value in asset.items()}


def our_item(asset: dict[str, str]) -> Item:
    """The asset as our table keeps it, as DynamoDB JSON."""
    return rival_item(asset) | {
        "PK": {"S": f"ASSET#{asset['identifier']}"},
        "SK": {"S": "META"},
        "version": {"N": "1"},
        "operation": {"S": asset["identifier"]},
        "createdBy": {"S": "bench"},
        "updatedAt": {"S": asset["createdAt"]},
        "updatedBy": {"S": "bench"},
    }


def create_table(endpoint: str, *, stream: bool) -> None:
    """Make our table in an empty DynamoDB, with or without its stream of changes."""
    request: dict[str, Any] = {
        "TableName": OUR_TABLE,
        "KeySchema": [
            {"AttributeName": "PK", "KeyType": "HASH"},
            {"AttributeName": "SK", "KeyType": "RANGE"},
        ],
        "AttributeDefinitions": [
            {"AttributeName": "PK", "AttributeType": "S"},
            {"AttributeName": "SK", "AttributeType": "S"},
        ],
        "BillingMode": "PAY_PER_REQUEST",
    }
    if stream:
        request["StreamSpecification"] = {
            "StreamEnabled": True,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        }
    with contextlib.closing(Dynamo(endpoint)) as dynamo:
        dynamo.call("CreateTable", **request)


def fill(endpoint: str, table: str, items: Sequence[Item]) -> None:
    """Write the items with as few calls as DynamoDB allows."""
    with contextlib.closing(Dynamo(endpoint)) as dynamo:
        for start in range(0, len(items), BATCH):
            puts = [{"PutRequest": {"Item": item}} for item in items[start : start + BATCH]]
            answer = dynamo.call("BatchWriteItem", RequestItems={table: puts})
            if answer.get("UnprocessedItems"):
                raise RuntimeError(f"{table} did not take all items")


def clear(endpoint: str, table: str) -> None:
    """Take every item out of a small table."""
    with contextlib.closing(Dynamo(endpoint)) as dynamo:
        items = dynamo.call("Scan", TableName=table)["Items"]
        keys = [{name: item[name] for name in ("PK", "SK")} for item in items]
        for start in range(0, len(keys), BATCH):
            deletes = [{"DeleteRequest": {"Key": key}} for key in keys[start : start + BATCH]]
            dynamo.call("BatchWriteItem", RequestItems={table: deletes})


@cache
def _seeded_folder(count: int) -> "tempfile.TemporaryDirectory[str]":
    """Our data folder with so many assets; kept until the benchmarks end, for it takes a while."""
    folder = tempfile.TemporaryDirectory(prefix="basket-bench-seed-")
    with product(Path(folder.name)) as site:
        fill(site.endpoint, OUR_TABLE, [our_item(asset) for asset in assets(count)])
    return folder


@contextlib.contextmanager
def data_with(count: int) -> Iterator[Path]:
    """A data folder of ours with so many assets, to be spoiled at will."""
    with scratch() as folder:
        if count == 0:
            yield folder
            return
        shutil.copytree(_seeded_folder(count).name, folder, dirs_exist_ok=True)
        yield folder


@contextlib.contextmanager
def product_with(count: int) -> Iterator[Site]:
    """Our app with so many assets, ready."""
    with data_with(count) as folder, product(folder) as site:
        yield site


@contextlib.contextmanager
def afternoon_with(count: int) -> Iterator[Site]:
    """The afternoon's app with the same assets, ready."""
    with afternoon() as site:
        with contextlib.closing(Dynamo(site.endpoint)) as dynamo:
            # As the script itself would make it at its first run.
            dynamo.call(
                "CreateTable",
                TableName=RIVAL_TABLE,
                KeySchema=[{"AttributeName": "identifier", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "identifier", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )
        fill(site.endpoint, RIVAL_TABLE, [rival_item(asset) for asset in assets(count)])
        yield site
