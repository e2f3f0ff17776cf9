"""What is entered into the form is what is stored, and what stands in the form again."""

from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.features.asset_form.entries import entry_of
from app.features.asset_form.form import as_asked
from app.fields.drafts import Draft, values_of
from app.fields.widgets import read, shown
from services.model.current import Model, using
from services.model.record import Asset
from services.store.assets.items import Stored, from_item, to_item
from services.store.attributes import dumps, loads
from tests.fakes.assets import NOON
from tests.fakes.models import EveryKind, model
from tests.fakes.strategies import fitting

MODEL = model(EveryKind)
RECORD = {"createdAt": NOON, "createdBy": "Ada", "updatedAt": NOON, "updatedBy": "Ada"}


def stored(entered: dict[str, Any], under: Model) -> Asset:
    """The asset that comes of what the model was asked to take, read from the table again."""
    valid = under.input.model_validate(entered)
    asset = under.asset(**dict(valid), **RECORD, identifier="one")
    return from_item(loads(dumps(to_item(Stored(asset, "add"))))).asset


def a_valid_asset(data: st.DataObject) -> dict[str, Any]:
    """Values for every field that the model takes, as JSON has them, by field name."""
    values = {spec.name: data.draw(fitting(spec)) for spec in MODEL.fields}
    if values["matures"] is not None:
        values["bought"] = "0001-01-01"
        values["matures"] = max(values["matures"], "0001-01-02")
    if data.draw(st.booleans()):
        values |= {spec.name: None for spec in MODEL.fields if len(spec.path) > 1}
    return values


@given(st.data())
def test_an_asset_that_is_only_looked_at_in_the_form_stays_what_it_is(data: st.DataObject) -> None:
    with using(MODEL):
        before = stored(_asked(a_valid_asset(data)), MODEL)
        kept = Draft("one", version=1, start=values_of(before))

        after = stored(as_asked(kept, _left_alone(kept)), MODEL)

    assert after.plain() == before.plain()
    assert not after.fit.defaults


@given(st.data())
def test_what_is_entered_stands_in_the_form_again(data: st.DataObject) -> None:
    wanted = a_valid_asset(data)
    with using(MODEL):
        first = stored(_asked(wanted), MODEL)
        values = values_of(first)

    for spec in MODEL.fields:
        kind = spec.kind.name
        assert _meaning(kind, values[spec.name]) == _meaning(kind, wanted[spec.name])


def _asked(values: dict[str, Any]) -> dict[str, Any]:
    return as_asked(Draft("one", start=values), values)


def _left_alone(kept: Draft) -> dict[str, Any]:
    """What the form says of an asset when nobody touches a field."""
    kept.entries = {spec.name: entry_of(kept, spec) for spec in MODEL.fields}
    return {
        name: read(
            entry.widget, entry.spec, shown(entry.widget, entry.spec, entry.start), entry.start
        )
        for name, entry in kept.entries.items()
    }


def _meaning(kind: str, value: Any) -> Any:
    """The value, whatever zone its moment is told in."""
    if kind == "moment" and value is not None:
        return datetime.fromisoformat(value)
    return value or None if isinstance(value, list) else value
