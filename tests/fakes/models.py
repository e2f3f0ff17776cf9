"""A model with every kind of field, assets of it, and a way to put a model in force."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest

from services.model import current
from services.model.current import Model, ModelSnapshot, model_of
from services.model.kinds import Fields
from services.store.assets.items import Stored, to_item
from services.store.attributes import Attribute, Item
from tests.fakes.assets import NOON
from tests.fakes.every_kind import AssetInput as EveryKind

if TYPE_CHECKING:
    from services.model.asset import AssetInput

__all__ = ["EveryKind", "InForce", "an_item", "filled_in", "model", "put_in_force"]


def filled_in() -> dict[str, Any]:
    """A valid asset of every kind, as JSON has it."""
    return {
        "name": "Gilt 2030",
        "story": "First line.\nSecond line.",
        "units": 12,
        "price": "1250.50",
        "fee": "0.10",
        "ccy": "GBP",
        "country": "GB",
        "listed": False,
        "watched": False,
        "bought": "2026-11-20",
        "matures": "2030-01-31",
        "valuedAt": datetime(2026, 11, 20, 14, 5, tzinfo=UTC).isoformat().replace("+00:00", "Z"),
        "risk": "VERY_LOW",
        "sector": "Bonds",
        "labels": ["core", "my own"],
        "risks": ["LOW", "HIGH"],
        "homepage": "https://example.com/gilt",
        "contact": {"person": "Ada", "email": "ada@example.com", "channel": "letter"},
    }


def an_item(**attributes: Attribute | None) -> Item:
    """An asset of every kind as it is stored, but for these attributes; None for one that lacks.

    Ask under a model of that name: `with using(model(EveryKind))`.
    """
    system = {"identifier": "one", "createdAt": NOON, "updatedAt": NOON}
    people = {"createdBy": "Ada", "updatedBy": "Ada"}
    asset = current.current().asset.model_validate({**filled_in(), **system, **people})
    item = {**to_item(Stored(asset, "add")), **attributes}
    return {name: value for name, value in item.items() if value is not None}


def model(builders: type[Fields], generation: int = 1) -> Model:
    """All that follows from a builder's model."""
    return model_of(cast("type[AssetInput]", builders), generation)


class InForce:
    """Stands for the watch over the model file; a test says what was saved last."""

    def __init__(self, builders: type[Fields]) -> None:
        self.snapshot = ModelSnapshot(model(builders))

    def look(self) -> ModelSnapshot:
        """What was saved last."""
        return self.snapshot

    def save(self, builders: type[Fields]) -> None:
        """Put another model in force, as a builder does by saving the file."""
        generation = self.snapshot.model.generation + 1
        self.snapshot = ModelSnapshot(
            model(builders, generation), revision=self.snapshot.revision + 1
        )


def put_in_force(monkeypatch: pytest.MonkeyPatch, builders: type[Fields]) -> InForce:
    """Let every page and service of the test work under this model."""
    watch = InForce(builders)
    monkeypatch.setattr(current, "_watch", watch)
    return watch
