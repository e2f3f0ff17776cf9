"""A kind of field as somebody adds one: its type for builders, and all that is said of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from services.model.annotation import Unwrapped
from services.model.fields.kinds import number
from services.model.fields.kinds.number import Numbers
from services.model.fields.spec import Cell, FieldSpec
from services.model.kinds import Fields, Text


@dataclass(frozen=True)
class InPercent:
    """Marks a number as so many of a hundred."""


Percentage = Annotated[Decimal, InPercent(), Field(max_digits=20, decimal_places=4)]


class _Percents(Numbers):
    def bound(self, text: str) -> str:
        return f"{super().bound(text)} %"


class PercentageKind(number.Decimal):
    """So many of a hundred: stored as a number, shown and understood with its sign."""

    name = "percentage"
    title, plural = "Percentage", "percentages"
    spelling = "Percentage"
    marks = (InPercent,)
    remark = "%"
    range = _Percents(whole=False)
    usual = "12.5 %"
    mistakes: Mapping[str, str] = {
        **number.Decimal.mistakes,
        "decimal": "has to be a percentage such as 12.5 %",
        "less_than_equal": "has to be at most {le} %",
    }

    def takes(self, said: Unwrapped) -> bool:
        return False

    def brief(self, spec: FieldSpec, value: Any) -> str:
        return f"{super().brief(spec, value)} %"

    def typed(self, spec: FieldSpec, text: str) -> Any:
        return super().typed(spec, text.rstrip().removesuffix("%"))

    def reader(self, spec: FieldSpec) -> Callable[[Cell], Any]:
        read = super().reader(spec)
        return lambda cell: read(cell.removesuffix("%") if isinstance(cell, str) else cell)


class AssetInput(Fields):
    """An asset with percentages."""

    name: Text = Field(title="Name")
    dividend: Percentage = Field(title="Dividend", ge=0, le=100)
    fee: Percentage | None = Field(None, title="Fee")
