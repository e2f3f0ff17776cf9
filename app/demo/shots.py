"""Which pictures there are to take, and what they are called."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""What the clocks show in every picture."""


@dataclass(frozen=True)
class Viewport:
    """A window of a kind of device."""

    name: str
    width: int
    height: int
    is_phone: bool = False


VIEWPORTS = (
    Viewport("desktop", 1440, 900),
    Viewport("tablet", 820, 1180),
    Viewport("phone", 390, 844, is_phone=True),
)
DEVICES = tuple(viewport.name for viewport in VIEWPORTS)


@dataclass(frozen=True)
class View:
    """A window in which pictures are taken."""

    viewport: Viewport
    scheme: Scheme


@dataclass(frozen=True)
class Place:
    """A page, or a page with something on it."""

    name: str
    path: str
    """Behind the app's address, with what is asked for: asset?id=…"""


@dataclass(frozen=True)
class Shot:
    """One picture to take."""

    folder: str
    place: Place
    view: View

    @property
    def file(self) -> str:
        """Where it is put, below the folder of all pictures."""
        parts = (self.place.name, self.view.viewport.name, self.view.scheme)
        return f"{self.folder}/{'-'.join(parts)}.png"


def views(devices: Collection[str] = DEVICES, schemes: Collection[str] = SCHEMES) -> list[View]:
    """Every window of these devices, by day, by night or both."""
    return [
        View(viewport, scheme)
        for viewport in VIEWPORTS
        for scheme in SCHEMES
        if viewport.name in devices and scheme in schemes
    ]


def shots(folder: str, places: Sequence[Place], chosen: Sequence[View]) -> list[Shot]:
    """Every place in every window: device by device, place by place."""
    return [
        Shot(folder, place, view)
        for viewport in dict.fromkeys(view.viewport for view in chosen)
        for place in places
        for view in chosen
        if view.viewport == viewport
    ]
