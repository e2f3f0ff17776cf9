"""What a reviewer has decided, as the pack writes it and as it is read back."""

from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from services.errors import BasketError
from services.review.limits import LONGEST

FORMAT: Literal["asset-basket-review-1"] = "asset-basket-review-1"
Text = Annotated[str, Field(max_length=LONGEST)]


class BadDecisions(BasketError):  # noqa: N818 - says what they are
    """A file that holds no decisions; the text says why."""


def _below(file: str) -> str:
    path = PurePosixPath(file)
    if path.is_absolute() or ".." in path.parts or path.suffix != ".png" or "\\" in file:
        raise ValueError("is no picture below the folder")
    return file


class Part(BaseModel):
    """A part of the decisions."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Pin(Part):
    """Something said of one point of a picture, in percent of its width and height."""

    x: float = Field(ge=0, le=100)
    y: float = Field(ge=0, le=100)
    text: Text = ""


class Decision(Part):
    """What is to become of one picture."""

    file: Annotated[str, AfterValidator(_below)]
    status: Literal["changed", "new", "removed", "unchanged"]
    digest: str
    """Of the picture that was looked at."""
    decision: Literal["", "approve", "changes"]
    comment: Text = ""
    pins: tuple[Pin, ...] = ()


class Decisions(Part):
    """What one reviewer has decided."""

    format: Literal["asset-basket-review-1"]
    pack: str
    reviewer: str = Field(default="", max_length=200)
    at: str = ""
    decisions: tuple[Decision, ...]


def read_decisions(path: Path) -> Decisions:
    """The decisions in a file. Raises BadDecisions."""
    try:
        return Decisions.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BadDecisions(f"{path} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = " → ".join(map(str, first["loc"])) or "the file"
        raise BadDecisions(
            f"{path} holds no decisions of a review: {where}: {first['msg']}."
        ) from error
