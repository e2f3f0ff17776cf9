"""What each of the domain's errors is over HTTP."""

from collections.abc import Callable
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic_core import ErrorDetails

from services.errors import (
    AssetNotFound,
    BasketError,
    Conflict,
    CopyGone,
    InvalidAsset,
    NotAllowed,
    NotInBin,
    StoreUnavailable,
)
from services.files.sheet import Unreadable, Unwritable
from services.model.problem import Problem
from services.model.words import explain


def answer_errors(api: FastAPI) -> None:
    """Have the API answer the domain's errors by the table below."""
    api.add_exception_handler(BasketError, _answer)
    api.add_exception_handler(RequestValidationError, _invalid)


def _error(status: int, error: BasketError, **more: Any) -> JSONResponse:
    return JSONResponse({"error": str(error), **more}, status)


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    return [{"field": problem.field, "message": problem.message} for problem in problems]


def _lines(error: Unreadable) -> list[dict[str, Any]]:
    return [{"row": problem.line, "message": problem.message} for problem in error.problems]


_ANSWERS: dict[type[BasketError], Callable[[Any], JSONResponse]] = {
    AssetNotFound: lambda error: _error(404, error),
    CopyGone: lambda error: _error(404, error),
    Conflict: lambda error: _error(409, error, current=error.current.plain()),
    InvalidAsset: lambda error: _error(422, error, problems=_problems(error.problems)),
    NotAllowed: lambda error: _error(403, error),
    NotInBin: lambda error: _error(409, error, current=error.current.plain()),
    StoreUnavailable: lambda error: _error(503, error),
    Unwritable: lambda error: _error(422, error),
    Unreadable: lambda error: _error(422, error, problems=_lines(error)),
}


def _answer(_: Request, error: Exception) -> JSONResponse:
    return next(say(error) for kind, say in _ANSWERS.items() if isinstance(error, kind))


def _invalid(_: Request, error: Exception) -> JSONResponse:
    """Name the field, in the same words as the form."""
    details = cast("RequestValidationError", error).errors()
    problems = explain(_without_place(detail) for detail in details)
    return _error(422, InvalidAsset(problems), problems=_problems(problems))


def _without_place(detail: Any) -> ErrorDetails:
    """FastAPI says first where the value came from: ("body", "name")."""
    if detail["type"] == "json_invalid":
        said = detail.get("ctx", {}).get("error", "")
        return cast(
            "ErrorDetails",
            {"type": "json_invalid", "loc": (), "msg": f"The body is not valid JSON: {said}."},
        )
    if len(detail["loc"]) == 1 and detail["loc"][0] == "body":
        said = "The body has to be a JSON object with the asset's fields."
        return cast("ErrorDetails", {"type": "body", "loc": (), "msg": said})
    return cast("ErrorDetails", {**detail, "loc": detail["loc"][1:]})
