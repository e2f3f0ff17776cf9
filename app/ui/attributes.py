"""What of an asset can be shown, filtered and put in order: its fields, and who did what when."""

from services.model.current import fields
from services.model.spec import FieldSpec

ADDED = FieldSpec(("createdAt",), "Added", "moment", many=False, required=True)
ADDED_BY = FieldSpec(("createdBy",), "Added by", "text", many=False, required=True)
CHANGED = FieldSpec(("updatedAt",), "Changed", "moment", many=False, required=True)
CHANGED_BY = FieldSpec(("updatedBy",), "Changed by", "text", many=False, required=True)
BINNED = FieldSpec(("updatedAt",), "Binned", "moment", many=False, required=True)
"""Of what is in the bin."""
SYSTEM = (ADDED, ADDED_BY, CHANGED, CHANGED_BY)
"""What the product itself keeps, as if it were fields of the model."""


def attributes() -> tuple[FieldSpec, ...]:
    """Everything that can be asked of an asset, the model's fields first."""
    return (*fields(), *SYSTEM)


def named(names: list[str]) -> list[FieldSpec]:
    """The attributes of these names, in this order, each once; unknown names are left out."""
    known = {spec.name: spec for spec in attributes()}
    return [known[name] for name in dict.fromkeys(names) if name in known]


def label_of(spec: FieldSpec) -> str:
    """What stands over its values: a field of a nested model is told from others of its name."""
    labels = [other.label for other in attributes()]
    return (
        f"{spec.group}: {spec.label}" if spec.group and labels.count(spec.label) > 1 else spec.label
    )


def can_be_empty(spec: FieldSpec) -> bool:
    """Whether there may be assets without a value of it."""
    return spec.nullable or not (spec.required or spec.filled_in)


def short_label(spec: FieldSpec, value: str) -> str:
    """How people read a value where there is little room: a currency's code, a country's name."""
    match spec.kind:
        case "currency":
            return value
        case "country":
            return spec.label_of(value).removeprefix(f"{value} – ")
        case _:
            return spec.label_of(value)
