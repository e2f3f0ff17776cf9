"""What every model of the house is based on: names outside Python, and no surprise in a check."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    ValidationInfo,
    field_validator,
)
from pydantic.alias_generators import to_camel
from pydantic.types import FutureDate, FutureDatetime, PastDate, PastDatetime
from pydantic_core import (
    PydanticCustomError,
    PydanticKnownError,
    PydanticOmit,
    PydanticUseDefault,
    core_schema,
)

from services.model.annotation import unwrap

DAYS: tuple[Any, ...] = (date, PastDate, FutureDate)
NO_RETURN = "builders_return"
"""The error of a builder's own check that forgets what it has checked."""
MOMENTS: tuple[Any, ...] = (datetime, AwareDatetime, PastDatetime, FutureDatetime)


@dataclass(frozen=True)
class SecondsToo:
    """Marks a moment that programs may also write as seconds since 1970."""


def _explained(value: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
    """A mistake in a builder's own check refuses the value; it does not break the page."""
    try:
        return validate(value)
    except (AssertionError, PydanticOmit, PydanticUseDefault, ValueError):
        raise
    except (Exception, SystemExit) as error:
        raise PydanticCustomError(
            "builders_mistake",
            "The model's own check does not work: {reason}.",
            {"reason": f"{type(error).__name__}: {error}"},
        ) from error


class Fields(BaseModel):
    """A model whose attributes have camelCase names outside Python."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        extra="forbid",
    )

    @field_validator("*", mode="before")
    @classmethod
    def _no_number_for_a_day(cls, value: Any, told: ValidationInfo) -> Any:
        """Pydantic takes numbers for seconds since 1970: a price of 2000 would be a moment."""
        error = _temporal(cls).get(told.field_name or "")
        if error and _is_number(value):
            raise PydanticKnownError(error, {"error": "a number"})  # type: ignore[arg-type]  # one of two
        return value

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        def whole(value: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
            found = _explained(value, validate)
            if not isinstance(found, cls):
                raise PydanticCustomError(
                    NO_RETURN, "The model's own check of the whole does not end with “return self”."
                )
            return found

        # Around everything, a builder's own checks of the whole included.
        return core_schema.no_info_wrap_validator_function(whole, handler(source))

    def plain(self) -> dict[str, Any]:
        """Its attributes by their names outside Python, as JSON has them."""
        # Without warnings: what is stored may not fit today's model, and is shown all the same.
        return self.model_dump(by_alias=True, mode="json", warnings=False)


@cache
def _temporal(model: type[Fields]) -> dict[str, str]:
    """By field of days or moments: the error that a number is."""
    said = {name: unwrap(info) for name, info in model.model_fields.items()}
    return {
        name: "date_parsing" if found.base in DAYS else "datetime_parsing"
        for name, found in said.items()
        if found.base in (*DAYS, *MOMENTS) and found.mark(SecondsToo) is None
    }


_NUMBER = re.compile(r"[+-]?[0-9]*[.]?[0-9]+")


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return _NUMBER.fullmatch(value.strip()) is not None
    return isinstance(value, int | float | Decimal)
