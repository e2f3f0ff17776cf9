"""What happened, newest first, in sentences."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.fields.labels import full_label
from app.fields.values import display, name_of, shorten
from app.shell.components.component import component
from app.shell.routes import address
from app.shell.words import ago, readable
from services.model.current import fields
from services.model.fields.spec import FieldSpec
from services.model.fields.texts import as_stored
from services.model.history import Change, Event, FieldChange
from services.model.record import now

_DONE = {
    "added": "added it",
    "edited": "changed it",
    "binned": "moved it to the bin",
    "restored": "restored it",
}


def history(changes: Iterable[Change]) -> None:
    """Draw the life of one asset."""
    moment = now()
    told = list(changes)
    entries = [_entry(change, "it", None, moment) for change in told]
    heading = "History (not from the beginning)" if _has_gap(told) else "History"
    component("features/asset_page/timeline.js")(
        data={"heading": heading, "entries": entries}, key="history"
    )


def _has_gap(changes: Sequence[Change]) -> bool:
    """Whether there was something between the beginning and the oldest change that is told."""
    *later, begin = changes
    return bool(later) and later[-1].version > begin.version + 1


def activity(events: Iterable[Event]) -> None:
    """Draw the last changes to all assets, each with a link to its asset."""
    moment = now()
    entries = [
        _entry(event.change, name_of(event.asset), event.asset.identifier, moment)
        for event in events
    ]
    component("features/asset_page/timeline.js")(
        data={"heading": "", "entries": entries}, key="activity"
    )


def _entry(change: Change, name: str, identifier: str | None, moment: datetime) -> dict[str, Any]:
    before, after = _DONE[change.what].split("it", 1)
    return {
        "id": f"{identifier or ''} {change.version}",
        "href": address(identifier) if identifier else None,
        "who": change.by,
        "before": before,
        "name": name,
        "after": f"{after}, by more than can be kept" if change.cut else after,
        "when": ago(change.at, moment),
        "moment": readable(change.at),
        "what": change.what,
        "fields": [_field(by, how) for by, how in change.fields.items()],
    }


def _field(name: str, change: FieldChange) -> dict[str, str]:
    spec = next((spec for spec in fields() if spec.name == name), None)
    return {
        "label": full_label(spec) if spec else name,
        "before": _shown(spec, change.before),
        "after": _shown(spec, change.after),
    }


def _shown(spec: FieldSpec | None, value: Any) -> str:
    if value in (None, "", []):
        return "empty"
    return shorten(display(spec, value) if spec else as_stored(value))
