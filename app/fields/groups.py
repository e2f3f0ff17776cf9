"""Fields under their headings, for the form and for an asset's page."""

from collections.abc import Iterable

from services.model.fields.spec import FieldSpec


def grouped(specs: Iterable[FieldSpec]) -> list[tuple[str, list[FieldSpec]]]:
    """Headings and their fields, in the model's order; no heading for fields without a group.

    A group stands where its first field stands, and gathers the others.
    """
    found: list[tuple[str, list[FieldSpec]]] = []
    for spec in specs:
        _place(found, spec.group).append(spec)
    return found


def _place(found: list[tuple[str, list[FieldSpec]]], title: str) -> list[FieldSpec]:
    for known, inside in found if title else found[-1:]:
        if known == title:
            return inside
    found.append((title, []))
    return found[-1][1]
