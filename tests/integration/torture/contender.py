"""One process that fights others for the same items; prints as JSON which of its writes won.

`python -m tests.integration.torture.contender URL THREADS ROUNDS SEED`

It says when it is ready, and begins when it is told at what time.
"""

import json
import random
import sys
import threading
import time

from botocore.exceptions import BotoCoreError, ClientError

from services.assets.service import AssetService
from services.errors import BasketError, Conflict
from services.model.current import current
from services.store.assets.items import to_item
from services.store.assets.repository import AssetRepository
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.changes import TableSource
from tests.fakes.assets import asset
from tests.integration.stores import TABLE, gateway
from tests.integration.torture.register import ITEMS, SLOT_SECONDS, large


class Contender:
    """One thread of it."""

    def __init__(self, url: str, name: str) -> None:
        self._name = name
        self._store = gateway(url)
        self._assets = AssetService(
            AssetRepository(self._store, TABLE),
            Catalogue(TableSource(self._store, TABLE, exports=True)),
        )
        self.added: list[tuple[str, str]] = []
        self.edited: list[tuple[str, str, int]] = []
        self.open: list[str] = []
        """What got no answer, as a store that is too busy has it: it may have come about."""

    def add(self, identifier: str, together: threading.Barrier) -> None:
        """Try to be the one who adds this asset; what takes time is done before the start."""
        mine = to_item(large(asset(identifier, name=self._name), f"{self._name} {identifier}"))
        together.wait()
        try:
            self._store.write.put_item(
                TableName=TABLE, Item=mine, ConditionExpression="attribute_not_exists(PK)"
            )
        except self._store.write.exceptions.ConditionalCheckFailedException:
            return
        except (BotoCoreError, ClientError):
            self.open.append(identifier)
            return
        self.added.append((identifier, self._name))

    def edit(self, identifier: str, turn: int) -> None:
        """Try to be the one who edits the version that is there now."""
        token = f"{self._name} {turn}"
        try:
            version = self._assets.get(identifier).version
            patch = current().patch.model_validate({"name": token, "version": version})
            after = self._assets.edit(identifier, patch, by=self._name)
        except Conflict:
            return
        except BasketError:
            self.open.append(token)
            return
        self.edited.append((identifier, token, after.version))

    def fight(
        self, begin: float, rounds: int, chance: random.Random, together: threading.Barrier
    ) -> None:
        """All the rounds: additions at the same moment for all contenders, then edits."""
        for turn in range(3 * rounds):
            time.sleep(max(0.0, begin + turn * SLOT_SECONDS - time.time()))
            self.add(f"new-{turn}", together)
        for turn in range(rounds):
            self.edit(chance.choice(ITEMS), turn)


def _main(url: str, threads: str, rounds: str, seed: str) -> None:
    chance = random.Random(int(seed))
    fighters = [Contender(url, f"{seed}-{number}") for number in range(int(threads))]
    together = threading.Barrier(len(fighters))
    print("ready", flush=True)
    begin = float(sys.stdin.readline())
    running = [
        threading.Thread(
            target=fighter.fight,
            args=(begin, int(rounds), random.Random(chance.random()), together),
        )
        for fighter in fighters
    ]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    print(
        json.dumps(
            {
                "added": [name for fighter in fighters for name in fighter.added],
                "edited": [entry for fighter in fighters for entry in fighter.edited],
                "open": [text for fighter in fighters for text in fighter.open],
            }
        )
    )


if __name__ == "__main__":
    _main(*sys.argv[1:])
