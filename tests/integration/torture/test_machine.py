"""The basket against a plain dictionary, through any sequence of what people and crashes do."""

import os
import random
import signal
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from services.assets.service import AssetService
from services.errors import Conflict, StoreUnavailable
from services.model.asset import AssetInput
from services.model.current import current
from services.model.patch import patch_of
from services.model.query import BIN, AssetQuery
from services.model.record import Asset
from services.store.assets.repository import AssetRepository
from services.store.gateway import Gateway
from services.store.moto_process.supervisor import MotoSupervisor
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.changes import TableSource
from services.store.table import ensure_table
from tests.fakes.assets import entered
from tests.integration.stores import Kept, eventually, kill, motos
from tests.integration.torture.parts import scan

NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs"]), min_size=1, max_size=20
).filter(lambda name: name.strip() != "")
FORMS = st.builds(
    lambda name, ccy: entered(name=name, ccy=ccy), NAMES, st.sampled_from(["GBP", "USD", "EUR"])
)
EVERYTHING = AssetQuery(limit=1000)


class Basket(RuleBasedStateMachine):
    """What was told is kept in `model` by identifier, each asset as it was last answered."""

    keeper: ClassVar[MotoSupervisor]
    gateway: ClassVar[Gateway]
    data: ClassVar[Path]
    known = Bundle("known")
    doomed = Bundle("doomed")

    @initialize(target=known, form=FORMS)
    def open(self, form: AssetInput) -> str:
        """Each example has a table of its own with an asset in it; the Moto is everybody's."""
        self.table = f"T{uuid4().hex}"
        self.model: dict[str, Asset] = {}
        self.steps: dict[str, list[str]] = {}
        self.keeper.revive()
        ensure_table(self.gateway.write, self.table)
        self.begin_anew()
        return self._added(form, again=False)

    @rule()
    def begin_anew(self) -> None:
        """The app was restarted: new services over the same Moto.

        Its clients remember nothing, and making them takes half a second: they stay.
        """
        pulse = self.keeper.pulse
        source = TableSource(self.gateway, self.table, exports=True, pulse=pulse)
        self.catalogue = Catalogue(source)
        self.assets = AssetService(AssetRepository(self.gateway, self.table), self.catalogue)

    # Few assets, so that much happens to each of them.
    @precondition(lambda self: len(self.model) < 3)
    @rule(target=known, form=FORMS, again=st.booleans())
    def add(self, form: AssetInput, again: bool) -> str:
        return self._added(form, again)

    @rule(identifier=known, form=FORMS, again=st.booleans())
    def edit(self, identifier: str, form: AssetInput, again: bool) -> None:
        before, draft = self.model[identifier], str(uuid4())
        patch = patch_of(form, before.version)
        after = self.assets.edit(identifier, patch, by="Bob", draft=draft)
        assert form.name == after.name
        if after.version == before.version:
            assert after == before
            return
        if again:
            assert self.assets.edit(identifier, patch, by="Bob", draft=draft) == after
        self._told(after, "edited")

    @rule(identifier=known, name=NAMES, older=st.integers(1, 3))
    def edit_what_is_stale(self, identifier: str, name: str, older: int) -> None:
        now = self.model[identifier]
        version = max(0, now.version - older)
        patch = current().patch.model_validate({"name": f"{name}!", "version": version})
        with pytest.raises(Conflict) as caught:
            self.assets.edit(identifier, patch, by="Eve")
        assert caught.value.current == now

    @rule(identifier=known)
    def bin(self, identifier: str) -> None:
        self._moved(self.assets.bin(identifier, by="Cy"), "binned")

    @rule(identifier=known)
    def restore(self, identifier: str) -> None:
        self._moved(self.assets.restore(identifier, by="Cy"), "restored")

    @rule(target=doomed, identifier=consumes(known))
    def give_up(self, identifier: str) -> str:
        """Marks an asset that somebody else will delete."""
        return identifier

    @rule(identifier=consumes(doomed))
    def somebody_else_deletes(self, identifier: str) -> None:
        key = {"PK": {"S": f"ASSET#{identifier}"}, "SK": {"S": "META"}}
        assert eventually(lambda: self._is_deleted(key))
        del self.model[identifier], self.steps[identifier]

    @rule()
    def moto_is_stopped(self) -> None:
        for pid in self._motos():
            os.kill(pid, signal.SIGTERM)
        assert eventually(lambda: motos(self.data) == [])

    @rule()
    def moto_is_killed(self) -> None:
        for pid in self._motos():
            kill(pid)

    @rule(identifier=known)
    def open_one(self, identifier: str) -> None:
        story = self.assets.open(identifier)
        assert story.asset == self.model[identifier]
        assert [change.what for change in story.changes] == self.steps[identifier][::-1]

    @rule()
    def browse(self) -> None:
        # What was killed since the last look is found out by the first question, and revived.
        self.keeper.revive()
        self.catalogue.refresh()
        for query in (EVERYTHING, BIN):
            page = self.assets.browse(query)
            wanted = [a for a in self.model.values() if (a.deleted_at is not None) == query.binned]
            assert sorted(page.items, key=_identifier) == sorted(wanted, key=_identifier)
            assert page.everything == len(wanted)

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        for identifier in self.model:
            self.open_one(identifier)
        self.browse()
        assert scan(self.gateway.bulk, self.table).keys() == {
            f"ASSET#{identifier}|META" for identifier in self.model
        }

    def _added(self, form: AssetInput, again: bool) -> str:
        identifier = str(uuid4())
        made = self.assets.add(form, by="Ada", identifier=identifier)
        if again:
            assert self.assets.add(form, by="Ada", identifier=identifier) == made
        self._told(made, "added")
        return identifier

    def _is_deleted(self, key: dict[str, Any]) -> bool:
        try:
            self.gateway.call(self.gateway.write.delete_item, TableName=self.table, Key=key)
        except StoreUnavailable:  # its Moto is just dying
            return False
        return True

    def _motos(self) -> list[int]:
        found = motos(self.data)
        assert len(found) <= 1
        return found

    def _moved(self, after: Asset, what: str) -> None:
        before = self.model[after.identifier]
        if after.version == before.version:
            assert after == before
        else:
            self._told(after, what)

    def _told(self, asset: Asset, what: str) -> None:
        steps = self.steps.setdefault(asset.identifier, [])
        steps.append(what)
        assert asset.version == len(steps)
        self.model[asset.identifier] = asset


def _identifier(asset: Asset) -> str:
    return asset.identifier


@pytest.mark.torture
@pytest.mark.timeout(1800)
def test_the_basket_is_a_dictionary_that_outlives_everything(
    kept: Kept, rng: random.Random, torture: bool
) -> None:
    @hypothesis.seed(rng.randrange(2**32))
    class Here(Basket):
        keeper = kept.supervisor
        gateway = kept.gateway
        data = kept.data

    run_state_machine_as_test(
        Here,
        settings=settings(
            # Five minutes where nothing is wrong: nearly every second step kills something.
            max_examples=50 if torture else 2,
            stateful_step_count=40 if torture else 10,
            deadline=None,
            database=None,
            # Shrinking takes five minutes more with real processes, when Hypothesis ends it:
            # only where there are minutes.
            phases=[Phase.generate, Phase.shrink] if torture else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
