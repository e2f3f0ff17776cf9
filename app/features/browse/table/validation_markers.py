"""Validation markers: cells that do not fit the model, and why."""

from collections.abc import Sequence

from app.features.browse.table.cells import Cell
from services.model.fields.spec import FieldSpec
from services.model.record import Asset


def marked(asset: Asset, columns: Sequence[FieldSpec], cells: Sequence[Cell]) -> list[Cell]:
    """The asset's cells, with what is wrong; what no column shows is told in the first one."""
    names = [spec.name for spec in columns]
    wrong: dict[int, list[str]] = {}
    for problem in asset.fit.problems:
        place = names.index(problem.field) if problem.field in names else 0
        wrong.setdefault(place, []).append(problem.message)
    return [
        {**cell, "attention": " ".join(wrong[place])} if place in wrong else cell
        for place, cell in enumerate(cells)
    ]
