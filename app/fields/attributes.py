"""What of an asset can be shown, filtered and put in order: its fields, and who did what when."""

from app.fields.labels import full_label
from services.model.current import fields
from services.model.fields.kinds.registry import KINDS
from services.model.fields.spec import FieldSpec


def _kept(name: str, label: str, kind: str) -> FieldSpec:
    return FieldSpec((name,), label, KINDS[kind], many=False, required=True, group="History")


ADDED = _kept("createdAt", "Added", "moment")
ADDED_BY = _kept("createdBy", "Added by", "text")
CHANGED = _kept("updatedAt", "Changed", "moment")
CHANGED_BY = _kept("updatedBy", "Changed by", "text")
BINNED = _kept("updatedAt", "Binned", "moment")
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
    return full_label(spec) if labels.count(spec.label) > 1 else spec.label


def can_be_empty(spec: FieldSpec) -> bool:
    """Whether there may be assets without a value of it."""
    return spec.nullable or not (spec.required or spec.filled_in)


def short_label(spec: FieldSpec, value: str) -> str:
    """How people read a value where there is little room: a currency's code, a country's name."""
    if not value.strip():
        return "(blank)"
    return spec.kind.short(spec, value)
