"""Whether the API and the pages can be made of a model, before it comes into force."""

from app.ui.values import display
from app.ui.widgets import shown, widget_for
from services.model.cells import cell_of, reader_of
from services.model.current import Model


def prove_pages(model: Model) -> None:
    """Raise what would be raised while forms, tables and files are made of the model's fields."""
    for spec in model.fields:
        reader_of(spec)
        for value in (None, spec.default, spec.filling, spec.example):
            shown(widget_for(spec, value), spec, value)
            display(spec, value)
            cell_of(spec, value)
