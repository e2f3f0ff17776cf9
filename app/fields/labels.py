"""What stands beside or above a field to say which one it is."""

from app.shell.words import as_title
from services.model.fields.spec import FieldSpec


def label(spec: FieldSpec) -> str:
    """What stands above the field: its label, what it counts, whether it may stay empty."""
    remarks = [
        spec.unit,
        spec.kind.remark,
        "optional" if _may_be_empty(spec) else "",
    ]
    said = ", ".join(remark for remark in remarks if remark)
    return as_title(f"{spec.label} ({said})" if said else spec.label)


def is_of_optional_model(spec: FieldSpec) -> bool:
    """Whether it belongs to a nested model that may be left out as a whole."""
    return len(spec.path) > 1 and not spec.always_there


def _may_be_empty(spec: FieldSpec) -> bool:
    if is_of_optional_model(spec) and spec.info is not None and spec.info.is_required():
        return False  # where the model is there at all; its heading says that it need not be
    return not spec.required and (spec.nullable or not spec.filled_in)


def full_label(spec: FieldSpec) -> str:
    """Its label, unmistakable away from its heading: two nested models may both have a "Name"."""
    return f"{spec.group}: {spec.label}" if len(spec.path) > 1 and spec.group else spec.label
