"""Page context of feedback: page, filters and asset, and the link that leads back to them."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from app.fields.attributes import attributes
from app.fields.labels import full_label
from app.fields.values import name_of
from app.scripts.shipped import followable
from services.address import joined, parted
from services.assets.service import AssetService
from services.errors import AssetNotFound, StoreUnavailable
from services.model.current import current
from services.model.feedback import PageContext
from services.model.fingerprint import fingerprint
from services.names import LONGEST_NAME, tidy
from services.tour.script import Step


def place_of(told: Mapping[str, Any], assets: AssetService) -> PageContext:
    """The place that a browser tells of; an address that is none of ours is Browse's."""
    path, query = _parted(str(told.get("address", "")))
    identifier = _first(query, "id") if path == "asset" else ""
    name, version = _asset(identifier, assets)
    tour, step = _step(str(told.get("step") or ""))
    return PageContext(
        page=tidy(str(told.get("page", "")))[:LONGEST_NAME],
        address=joined(path, query),
        asset=identifier,
        asset_name=name,
        asset_version=version,
        field=_field(str(told.get("field") or "")),
        tour=tour,
        step=step.name if step else "",
        question=(step.ask or "") if step and told.get("kind") == "answer" else "",
        model=fingerprint(current()),
        copy_of=tidy(str(told.get("copy") or ""))[:LONGEST_NAME],
        theme="dark" if told.get("theme") == "dark" else "light",
        viewport=_viewport(str(told.get("viewport", ""))),
    )


def way_to(place: PageContext) -> str:
    """The link that reopens what was seen there, relative to the app's own address."""
    path, query = _parted(place.address)
    return f"./{joined(path, query)}"


def _parted(address: str) -> tuple[str, str]:
    return parted(address) or ("", "")


def _asset(identifier: str, assets: AssetService) -> tuple[str, int | None]:
    """Its name and its version, as far as anybody can tell."""
    if not identifier:
        return "", None
    try:
        asset = assets.get(identifier)
    except (AssetNotFound, StoreUnavailable):
        return "", None
    return name_of(asset), asset.version


def _step(text: str) -> tuple[str, Step | None]:
    """The tour that went along and its step, as far as there is such a one."""
    tour, _, name = text.partition("/")
    script = followable().get(tour)
    found = [step for step in script.steps if step.name == name] if script else []
    return (tour, found[0]) if found else ("", None)


def _field(label: str) -> str:
    return label if label in map(full_label, attributes()) else ""


def field_labels() -> list[str]:
    """What can be said something of beside the page as a whole."""
    return [full_label(spec) for spec in current().fields]


def _first(query: str, name: str) -> str:
    return next(iter(parse_qs(query).get(name, [])), "")[:200]


def _viewport(text: str) -> str:
    return text if re.fullmatch(r"\d{1,5}×\d{1,5}", text) else ""
