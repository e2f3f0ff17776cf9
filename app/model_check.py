"""Checks that pages and API can be built for a model before it comes into force."""

from app.fields.values import display
from app.fields.widgets import shown, widget_for
from services.model.current import Model
from services.model.fields.cells import cell_of, reader_of


def prove_pages(model: Model) -> None:
    """Raise what would be raised while forms, tables and files are made of the model's fields."""
    for spec in model.fields:
        reader_of(spec)
        for value in (None, spec.default, spec.filling, spec.example):
            shown(widget_for(spec, value), spec, value)
            display(spec, value)
            cell_of(spec, value)
