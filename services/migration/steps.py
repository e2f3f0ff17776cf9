"""What can be done about assets that an older model has left behind: one asset at a time.

A step says what it would do to an item, and does nothing by itself. Saying so again of an item to
which it was done says that nothing is left to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from services.migration.digest import Kind
from services.migration.fitting import Unfit, convertible, fitting, info_at, is_of
from services.model.current import Model
from services.store.assets.amending import BINNED, Edit, Path, taking_back
from services.store.assets.fit import fit_under
from services.store.assets.items import values_of
from services.store.assets.reading import gone_from, known_to
from services.store.attributes import Item, serialized


@dataclass(frozen=True)
class LeftAlone:
    """The step is about this asset, but would not do it good."""

    reason: str


Outcome = Edit | LeftAlone | None
"""What to change; None: the step is not about this asset."""


@dataclass(frozen=True)
class Seen:
    """An item, and what is stored in it under a model."""

    model: Model
    item: Item
    plain: Mapping[str, Any]
    known: Mapping[str, Any]
    """Without what the model has no field for."""
    moment: datetime

    @classmethod
    def of(cls, model: Model, item: Item, moment: datetime) -> "Seen":
        """The item seen under the model at that moment."""
        plain = values_of(item)
        return cls(model, item, plain, known_to(model, plain), moment)

    def at(self, path: Path) -> Any:
        """What is stored there; None for nothing."""
        value: Any = self.plain
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return value


class _Step(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ApplyDefault(_Step):
    """Store a field's default wherever nothing is stored."""

    kind: Literal["apply default"] = "apply default"
    path: Path

    @property
    def about(self) -> tuple[Kind, Path] | None:
        """The finding that the step is about; None for all assets."""
        return "default", self.path

    def edit(self, seen: Seen) -> Outcome:
        """What it would do to the item."""
        if ".".join(self.path) not in fit_under(seen.model, seen.known).defaults:
            return None
        info = info_at(seen.model, self.path)
        return _fitted(seen, self.path, info.get_default(call_default_factory=True))


class Fill(_Step):
    """Give a field a value wherever a required one is missing, or what is stored does not fit."""

    kind: Literal["fill"] = "fill"
    about_kind: Literal["lacking", "misfit"]
    path: Path
    value: JsonValue

    @property
    def about(self) -> tuple[Kind, Path] | None:
        """The finding that the step is about."""
        return self.about_kind, self.path

    def edit(self, seen: Seen) -> Outcome:
        """What it would do to the item."""
        problems = fit_under(seen.model, seen.known).problems
        lacking = seen.at(self.path) is None
        if lacking != (self.about_kind == "lacking"):
            return None
        if not any(is_of(self.path, problem.field) for problem in problems):
            return None
        return _fitted(seen, self.path, self.value)


class Rename(_Step):
    """Move what is stored under a name that is gone to a field of the model."""

    kind: Literal["rename"] = "rename"
    path: Path
    to: Path

    @property
    def about(self) -> tuple[Kind, Path] | None:
        """The finding that the step is about."""
        return "gone", self.path

    def edit(self, seen: Seen) -> Outcome:
        """What it would do to the item."""
        if self.path not in gone_from(seen.model, dict(seen.plain)):
            return None
        if seen.at(self.to) is not None:
            return LeftAlone("It already has a value in the new field.")
        old = seen.at(self.path)
        try:
            attribute = None if old is None else convertible(seen.model, seen.known, self.to, old)
        except Unfit as unfit:
            return LeftAlone(str(unfit))
        return {self.path: None} if attribute is None else {self.to: attribute, self.path: None}


class Drop(_Step):
    """Remove what is stored under a name that is gone."""

    kind: Literal["drop"] = "drop"
    path: Path

    @property
    def about(self) -> tuple[Kind, Path] | None:
        """The finding that the step is about."""
        return "gone", self.path

    def edit(self, seen: Seen) -> Outcome:
        """What it would do to the item."""
        return {self.path: None} if self.path in gone_from(seen.model, dict(seen.plain)) else None


class Empty(_Step):
    """Move every asset to the bin."""

    kind: Literal["empty"] = "empty"

    @property
    def about(self) -> tuple[Kind, Path] | None:
        """All assets."""
        return None

    def edit(self, seen: Seen) -> Outcome:
        """What it would do to the item."""
        return {BINNED: serialized(BINNED[0], seen.moment)} if seen.at(BINNED) is None else None


class TakeBack(_Step):
    """Make assets what they were before a step, unless somebody has changed them since."""

    kind: Literal["take back"] = "take back"
    job: str

    @property
    def about(self) -> tuple[Kind, Path] | None:
        """Any asset."""
        return None

    def edit(self, seen: Seen) -> Outcome:
        """What it would do to the item."""
        operation = str(seen.item.get("operation", {}).get("S", ""))
        return taking_back(seen.item) or None if operation.startswith(f"{self.job}/") else None


Step = Annotated[
    ApplyDefault | Fill | Rename | Drop | Empty | TakeBack, Field(discriminator="kind")
]
"""One thing that can be done to all assets that it is about."""

_steps: TypeAdapter[Step] = TypeAdapter(Step)


def to_text(step: Step) -> str:
    """The step as text, to be done again from."""
    return step.model_dump_json(by_alias=True)


def from_text(text: str) -> Step:
    """The step that a text tells."""
    return _steps.validate_json(text)


def _fitted(seen: Seen, path: Path, value: Any) -> Outcome:
    try:
        return {path: fitting(seen.model, seen.known, path, value)}
    except Unfit as unfit:
        return LeftAlone(str(unfit))
