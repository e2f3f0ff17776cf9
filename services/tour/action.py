"""What is done at a step, in the words of the pages."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from services.tour.part import Part, Slug, Words

FileText = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


class File(Part):
    """A file to import."""

    name: Words
    text: FileText


class Change(Part):
    """What a colleague changes with a program, through the API."""

    asset: Words
    """What the asset is called."""
    to: dict[str, str] = Field(min_length=1)
    """The new values; by names outside Python."""
    by: Words = "A colleague"


class Action(Part):
    """One thing that somebody does."""

    open: Slug | None = None
    """Go to this page."""
    open_asset: Words | None = None
    """Go to the page of the asset that is called so."""
    click: Words | None = None
    """Press the button, the link or the choice that is called so."""
    fill: dict[str, str] | None = Field(default=None, min_length=1)
    """Type into fields, by their labels."""
    choose: dict[str, str] | None = Field(default=None, min_length=1)
    """Pick from lists, by their labels."""
    press: Words | None = None
    """Press a key where one has typed last."""
    upload: File | None = None
    change: Change | None = None
    add: dict[str, str] | None = Field(default=None, min_length=1)
    """Add an asset through the API."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise PydanticCustomError(
                "one_thing",
                "Each line of “do” is one thing: write one of {known} on it",
                {"known": ", ".join(type(self).model_fields)},
            )
        return self

    def __str__(self) -> str:
        (name,) = self.model_fields_set
        return f"{name}: {getattr(self, name)}"
