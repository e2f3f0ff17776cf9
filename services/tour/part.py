"""What all parts of a demo script are made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Part(BaseModel):
    """A part of a script; what it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)
