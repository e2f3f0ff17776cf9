"""A form with every kind of field: how to find a widget, what to enter, how the model changes."""

from datetime import date, datetime
from typing import Any

from pydantic import create_model
from streamlit.testing.v1 import AppTest

from services.model.current import current
from services.model.kinds import Fields
from services.model.record import Asset
from services.store.attributes import Item
from tests.fakes.models import EveryKind
from tests.pages.conftest import Store

LABELS = {
    "name": "Name",
    "story": "Story",
    "units": "Units",
    "price": "Price",
    "fee": "Fee",
    "ccy": "Currency",
    "country": "Country",
    "listed": "Listed",
    "watched": "Watched",
    "bought": "Bought",
    "matures": "Matures",
    "valued_at": "Valued at",
    "risk": "Risk",
    "sector": "Sector",
    "labels": "Labels",
    "risks": "Risks",
    "homepage": "Homepage",
    "person": "Person",
    "email": "E-mail",
    "channel": "Channel",
}

NEEDED: dict[str, Any] = {
    "name": "Gilt 2030",
    "units": "12",
    "price": "1,250.50",
    "ccy": "GBP",
    "listed": "false",
    "bought": date(2026, 11, 20),
}

REST: dict[str, Any] = {
    "story": "First line.\nSecond line.",
    "fee": "0.10",
    "country": "GB",
    "watched": False,
    "matures": date(2030, 1, 31),
    "valued_at": datetime(2026, 11, 20, 14, 5),  # noqa: DTZ001 - as the widget has it
    "risk": "VERY_LOW",
    "sector": "Bonds",
    "labels": ["core"],
    "risks": ["LOW", "HIGH"],
    "homepage": "https://example.com/gilt",
    "person": "Ada",
    "email": "ada@example.com",
    "channel": "letter",
}


def box(app: AppTest, label: str) -> Any:
    """The widget of that label; the label's remarks in brackets may be left out."""
    widgets = (
        *(app.text_input, app.text_area, app.selectbox, app.multiselect, app.date_input),
        *(app.datetime_input, app.toggle, app.button_group),
    )
    found = [
        widget for kind in widgets for widget in kind if widget.proto.label.split(" (")[0] == label
    ]
    [widget] = found
    return widget


def enter(app: AppTest, **values: Any) -> None:
    """Enter values under the labels that go with these names."""
    for name, value in values.items():
        box(app, LABELS[name]).set_value(value)


def put(store: Store, item: Item) -> str:
    """Put an item into the table as another program does; its identifier."""
    store.put(item)
    return str(item["identifier"]["S"])


def change(store: Store, asset: Asset, **changes: Any) -> None:
    """Somebody else changes the asset."""
    patch = current().patch.model_validate({"version": 1, **changes})
    store.service.edit(asset.identifier, patch, by="Bob")


def with_fields(**fields: Any) -> type[Fields]:
    """The model with other fields in it; None takes a field out."""
    kept = {
        name: (info.rebuild_annotation(), info)
        for name, info in EveryKind.model_fields.items()
        if name not in fields
    }
    added = {name: field for name, field in fields.items() if field is not None}
    make: Any = create_model
    made: type[Fields] = make("AssetInput", __base__=Fields, **kept, **added)
    return made
