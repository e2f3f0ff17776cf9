"""The catalogue is the table: after any commotion both hold the same, attribute by attribute."""

import contextlib
import random
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from services.errors import AssetNotFound, BasketError, StoreUnavailable
from services.model.current import current
from services.model.query import AssetQuery
from services.store.assets.items import to_item
from services.store.attributes import dumps, loads
from services.store.table import asset_key, key_of
from tests.bench.servers import stock_moto
from tests.fakes.assets import entered, stored
from tests.integration.stores import Kept, eventually, kill, supervised
from tests.integration.torture.parts import Crowd, raw, scan


class Writers:
    """Do to assets whatever can be done, also to each other's."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._identifiers: list[str] = []
        self.done = 0
        self.refused = 0

    def act(self, chance: random.Random) -> None:
        """One change by way of the services, come of it what may."""
        try:
            self._change(chance)
        except StoreUnavailable:
            time.sleep(0.05)
        except AssetNotFound as error:
            self._forget(error.identifier)
        except BasketError:
            self.refused += 1

    def _forget(self, identifier: str) -> None:
        with self._lock, contextlib.suppress(ValueError):
            self._identifiers.remove(identifier)

    def read(self, _: random.Random) -> None:
        """Keep the catalogue following."""
        self._kept.assets.browse(AssetQuery())
        time.sleep(0.01)

    def _change(self, chance: random.Random) -> None:
        assets = self._kept.assets
        known = list(self._identifiers)
        if len(known) < 5 or chance.random() < 0.2:
            made = assets.add(entered(name=f"{chance.random()}"), by="Ada").identifier
            with self._lock:
                self._identifiers.append(made)
        else:
            identifier = chance.choice(known)
            match chance.choice(["edit", "edit", "bin", "restore"]):
                case "bin":
                    assets.bin(identifier, by="Bob")
                case "restore":
                    assets.restore(identifier, by="Bob")
                case _:
                    version = assets.get(identifier).version
                    new = {"name": f"{chance.random()}", "version": version}
                    assets.edit(identifier, current().patch.model_validate(new), by="Cy")
        self.done += 1


class Outsider:
    """Writes to the same table by plain boto3, badly at times."""

    def __init__(self, kept: Kept) -> None:
        self._client = raw(kept.endpoint)
        self._table = kept.table
        self.failed = 0

    def act(self, chance: random.Random) -> None:
        """A transaction that fails, a new item, an attribute more, or one item less."""
        name = f"outside-{chance.randrange(20)}"
        try:
            match chance.choice(["transact", "transact", "put", "update", "delete"]):
                case "transact":
                    self._fail(name)
                case "put":
                    self._put(name)
                case "update":
                    self._update(name, chance.random())
                case _:
                    self._client.delete_item(TableName=self._table, Key=asset_key(name))
        except (BotoCoreError, ClientError):
            time.sleep(0.02)
        time.sleep(0.02)

    def _fail(self, name: str) -> None:
        actions: list[Any] = [
            {"Put": {"TableName": self._table, "Item": to_item(stored(name, name="must not be"))}},
            {"Put": {"TableName": self._table, "Item": to_item(stored(f"{name}-x"))}},
            {
                "ConditionCheck": {
                    "TableName": self._table,
                    "Key": asset_key("nobody"),
                    "ConditionExpression": "attribute_exists(PK)",
                }
            },
        ]
        try:
            self._client.transact_write_items(TransactItems=actions)
        except self._client.exceptions.TransactionCanceledException:
            self.failed += 1

    def _put(self, name: str) -> None:
        self._client.put_item(
            TableName=self._table,
            Item=to_item(stored(name)),
            ConditionExpression="attribute_not_exists(PK)",
        )

    def _update(self, name: str, number: float) -> None:
        self._client.update_item(
            TableName=self._table,
            Key=asset_key(name),
            UpdateExpression="SET colour = :colour, marks = :marks, #raw = :raw",
            ConditionExpression="attribute_exists(PK)",
            ExpressionAttributeNames={"#raw": "raw"},
            ExpressionAttributeValues={
                ":colour": {"S": f"{number}"},
                ":marks": {"M": {"a": {"L": [{"BOOL": True}, {"NULL": True}]}}},
                ":raw": {"SS": ["x", "y"]},
            },
        )


def _table(kept: Kept) -> dict[str, str]:
    return {key: dumps(item) for key, item in scan(kept.gateway.bulk, kept.table).items()}


def _catalogue(kept: Kept) -> dict[str, str]:
    lines = kept.catalogue.read().all_lines()
    assert len(lines) == len({key_of(loads(line)) for line in lines})
    return {key_of(loads(line)): line for line in lines}


def _is_fresh(kept: Kept) -> bool:
    """Whether the store was asked again, after it was left in peace."""
    kept.catalogue.read()
    return kept.catalogue.freshness.away_since is None


def _commotions(rng: random.Random, *, torture: bool) -> Iterator[None]:
    """A few at random moments, or two minutes of them."""
    quiet_at = time.monotonic() + 120
    few = iter(range(2))
    while time.monotonic() < quiet_at if torture else next(few, None) is not None:
        time.sleep(rng.uniform(0.5, 2.5) if torture else rng.uniform(0.2, 1))
        yield


@pytest.mark.torture
@pytest.mark.timeout(400)
def test_the_catalogue_equals_a_scan_after_restarts_and_failed_transactions(
    kept: Kept, rng: random.Random, torture: bool
) -> None:
    kept.catalogue.read()
    writers, outsider = Writers(kept), Outsider(kept)
    with Crowd(rng) as crowd:
        for _ in range(6):
            crowd.send(writers.act)
        crowd.send(writers.read)
        crowd.send(outsider.act)
        for _ in _commotions(rng, torture=torture):
            kill(kept.pid)
        # However slow the machine is: enough has to happen to tell anything.
        assert eventually(lambda: writers.done > 50 and outsider.failed > 5, 240)
    kept.supervisor.revive()
    assert eventually(lambda: _is_fresh(kept))
    assert _catalogue(kept) == _table(kept)
    assert "must not be" not in str(_table(kept))


@pytest.mark.torture
@pytest.mark.timeout(400)
def test_the_catalogue_equals_a_scan_after_somebody_wiped_a_stock_moto(
    tmp_path: Path, rng: random.Random, torture: bool
) -> None:
    with stock_moto() as site, supervised(tmp_path, site.url) as kept:
        kept.catalogue.read()
        writers = Writers(kept)
        with Crowd(rng) as crowd:
            for _ in range(6):
                crowd.send(writers.act)
            crowd.send(writers.read)
            for _ in _commotions(rng, torture=torture):
                _wipe(site.url)
            assert eventually(lambda: writers.done > 3, 240)
        kept.supervisor.revive()
        assert eventually(lambda: _is_fresh(kept))
        assert _catalogue(kept) == _table(kept)


def _wipe(url: str) -> None:
    request = urllib.request.Request(f"{url}/moto-api/reset", method="POST")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with contextlib.suppress(OSError), opener.open(request, timeout=60):
        pass
