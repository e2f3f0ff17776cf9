"""A Moto that hangs for a while: everybody is answered, and every form counts once."""

import random
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

import pytest

from services.errors import StoreUnavailable
from services.model.patch import patch_of
from services.model.query import AssetQuery
from services.model.record import Asset
from services.store.assets.items import from_item
from tests.fakes.assets import entered
from tests.integration.stores import Kept, eventually, stopped
from tests.integration.torture.parts import Crowd, scan

_PATIENCE_SECONDS = 3.0
"""Where it is measured, with nothing else on the machine; else only nobody may hang."""
_ALL = AssetQuery(limit=10_000)
Result = TypeVar("Result")


class Clock:
    """How long callers waited for an answer, whatever it was."""

    def __init__(self) -> None:
        self.waited: list[tuple[float, str]] = []
        self.repeated = 0
        self.remembered = 0

    def timed(self, what: str, ask: Callable[[], Result]) -> Result:
        began = time.monotonic()
        try:
            return ask()
        finally:
            self.waited.append((time.monotonic() - began, what))

    def went_on(self, repeated: int, remembered: int) -> bool:
        """Whether since then a form was sent again, and a page shown from memory."""
        return self.repeated > repeated and self.remembered > remembered

    def insist(self, what: str, ask: Callable[[], Result]) -> Result:
        """Send the same form until it is answered, as a person does."""
        while True:
            try:
                return self.timed(what, ask)
            except StoreUnavailable:
                self.repeated += 1
                time.sleep(0.1)


class Office:
    """People who each add assets and edit their own, form by form."""

    def __init__(self, kept: Kept, clock: Clock) -> None:
        self._kept = kept
        self._clock = clock
        self._lock = threading.Lock()
        self.names: dict[str, list[str]] = {}
        """By identifier: every name that the asset was given, in order."""

    def work(self, chance: random.Random) -> None:
        """Add an asset and edit it twice."""
        asset = self._add(str(UUID(int=chance.getrandbits(128))))
        names = [asset.name]
        for turn in range(2):
            time.sleep(chance.uniform(0, 0.05))
            asset = self._edit(asset, f"edit {turn}", draft=str(UUID(int=chance.getrandbits(128))))
            names.append(asset.name)
        with self._lock:
            self.names[asset.identifier] = names

    def look(self, _: random.Random) -> None:
        """Browse; who looks while the store is away sees what was there."""
        with self._lock:
            known = set(self.names)
        page = self._clock.timed("browse", lambda: self._kept.assets.browse(_ALL))
        assert known <= {asset.identifier for asset in page.items}
        self._clock.remembered += self._kept.catalogue.freshness.away_since is not None
        time.sleep(0.02)

    def _add(self, identifier: str) -> Asset:
        form = entered(name="added")
        return self._clock.insist(
            "add", lambda: self._kept.assets.add(form, by="Ada", identifier=identifier)
        )

    def _edit(self, asset: Asset, name: str, draft: str) -> Asset:
        patch = patch_of(entered(name=name), asset.version)
        return self._clock.insist(
            "edit",
            lambda: self._kept.assets.edit(asset.identifier, patch, by="Ada", draft=draft),
        )


# Quick: 2 s, because a write waits 1.5 s: a shorter pause would leave no write in doubt.
@pytest.mark.torture
@pytest.mark.parametrize(
    "seconds",
    [2, pytest.param(5, marks=pytest.mark.long), pytest.param(30, marks=pytest.mark.long)],
)
def test_forms_sent_again_while_moto_hangs_count_once(
    seconds: int, kept: Kept, rng: random.Random, torture: bool, impatient: None
) -> None:
    clock = Clock()
    kept = Kept(kept.supervisor, kept.table)
    kept.assets.browse(_ALL)
    office = Office(kept, clock)
    with Crowd(rng) as crowd:
        # So many that the pause catches some of them in the middle of an add.
        for _ in range(8):
            crowd.send(office.work)
        crowd.send(office.look)
        for _ in range(2 if torture else 1):
            time.sleep(rng.uniform(0.3, 0.8))
            repeated, remembered = clock.repeated, clock.remembered
            with stopped(kept.pid):
                time.sleep(seconds)
                assert eventually(partial(clock.went_on, repeated, remembered))
        assert eventually(lambda: len(office.names) > 3)
    stories = list(map(from_item, scan(kept.gateway.bulk, kept.table).values()))

    assert max(clock.waited) < (_PATIENCE_SECONDS if torture else 60, "")
    assert {s.asset.identifier: [s.asset.name, s.asset.version] for s in stories} == {
        identifier: [names[-1], len(names)] for identifier, names in office.names.items()
    }
    for story in stories:
        steps = [change.fields["name"].after for change in story.history]
        assert ["added", *steps] == office.names[story.asset.identifier]
