"""A demo script: what a demo shows, step by step."""

from typing import Literal, get_args

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from services.tour.action import Action
from services.tour.part import Part, Slug, Words

ScenarioName = Literal["empty", "starter", "portfolio", "crowded", "edge"]
_TOO_LARGE = ("crowded",)
Device = Literal["desktop", "tablet", "phone"]
Light = Literal["light", "dark"]


class Where(Part):
    """Where a step takes place."""

    page: Slug = "browse"
    filters: dict[str, str | list[str]] = Field(default_factory=dict)
    """What stands in the page's address: tag, sort, q, …"""
    asset: Words | None = None
    """What the asset is called whose page it is."""


class Outcome(Part):
    """By what it is known that a step is done: something there is, not a click.

    What is said has to hold together.
    """

    asset: dict[str, str] = Field(default_factory=dict)
    """An asset with these values is in the basket; by names outside Python."""
    binned: bool = False
    """… or in the bin."""
    page: Slug | None = None
    """This page is open."""
    filters: dict[str, str | list[str]] = Field(default_factory=dict)
    """The page's address asks for this; whatever its case."""
    shows: Words | None = None
    """This text is on the page."""


class Region(Part):
    """A part of a picture that may look different each time, in its pixels."""

    left: int = Field(default=0, ge=0)
    top: int = Field(default=0, ge=0)
    width: int = Field(ge=1)
    height: int = Field(ge=1)
    devices: tuple[Device, ...] = get_args(Device)


class Step(Part):
    """One step of a demo."""

    name: Slug
    where: Where = Where()
    say: Words
    """What the presenter says."""
    try_it: Words | None = Field(default=None, alias="try")
    """What the person should try."""
    ask: Words | None = None
    do: tuple[Action, ...] = ()
    """How the outcome is reached; nothing: by going where the step takes place."""
    done_when: Outcome | None = None
    shot: Words
    """What the picture shows."""
    masks: tuple[Region, ...] = ()
    """Where its pictures may differ from those before."""


class Pictures(Part):
    """Which pictures there are of every page, and in which windows all pictures are taken."""

    scenarios: tuple[ScenarioName, ...] = ()
    devices: tuple[Device, ...] = get_args(Device)
    schemes: tuple[Light, ...] = get_args(Light)
    masks: tuple[Region, ...] = ()
    """Where all pictures may differ from those before."""


class Script(Part):
    """A demo from beginning to end."""

    title: Words
    scenario: ScenarioName
    """What is in the basket at the beginning."""
    private: bool = False
    """Whether each who follows it does so in a copy of the basket of their own."""
    steps: tuple[Step, ...] = Field(min_length=1)
    pictures: Pictures = Pictures()

    @field_validator("private")
    @classmethod
    def _is_cheap(cls, private: bool, info: ValidationInfo) -> bool:
        if private and info.data.get("scenario") in _TOO_LARGE:
            raise PydanticCustomError(
                "too_large",
                "“{scenario}” is too large for everybody to have a copy of: leave “private” out, "
                "or begin with a smaller scenario",
                {"scenario": info.data["scenario"]},
            )
        return private
