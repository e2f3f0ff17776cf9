"""The HTTP API, over the same services as the pages."""

import base64
import binascii
import json
from collections.abc import Callable
from typing import Annotated, Any, cast

from fastapi import Depends, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from app.bootstrap import Basket, basket
from services.errors import (
    AssetNotFound,
    BasketError,
    Conflict,
    InvalidAsset,
    StoreUnavailable,
)
from services.model.asset import AssetInput
from services.model.patch import AssetPatch
from services.model.query import DEFAULT_SORT, AssetQuery
from services.model.record import Asset
from services.model.schema import fields
from services.model.words import Problem, explain
from services.store.columns import sortable

_FURTHEST = 10**9

Services = Annotated[Basket, Depends(basket)]
Author = Annotated[
    str, Header(alias="X-Basket-User", description="Who does it, as the pages show it.")
]


class Added(BaseModel):
    """Where to find what was added."""

    identifier: str


class Listing(BaseModel):
    """A part of the assets that match."""

    items: list[Asset]
    total: int
    """How many match."""
    cursor: str | None
    """Where the next part starts; null after the last one."""


# Offline: FastAPI's own page of documentation fetches its scripts from the internet.
api = FastAPIOffline(
    title="Asset Basket",
    summary="The same basket that the pages show.",
    version="1",
    redoc_url=None,
)


@api.post("/", tags=["Assets"], status_code=201)
def add_asset(entered: AssetInput, services: Services, author: Author = "API") -> Added:
    """Add an asset."""
    return Added(identifier=services.assets.add(entered, by=author).identifier)


# Assets are answered as they are stored: one that does not fit today's model is no reason to
# answer none, so FastAPI documents them and does not check them.
@api.get("/", tags=["Assets"], response_model=Listing)
def list_assets(
    request: Request,
    services: Services,
    search: Annotated[str, Query(description="Words that all have to occur.")] = "",
    sort: Annotated[str, Query(description="A field; with a minus, backwards.")] = DEFAULT_SORT,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    cursor: Annotated[str | None, Query(description="From the answer before.")] = None,
) -> JSONResponse:
    """List assets. Filter by any categorical field's name, e.g. `?tag=ISA&tag=SIPP&ccy=GBP`."""
    if not sortable(sort.removeprefix("-")):
        raise InvalidAsset([Problem("sort", f"Assets cannot be sorted by “{sort[:60]}”.")])
    start = _start(cursor)
    query = AssetQuery(search, _filters(request), sort, start, limit)
    page = services.assets.browse(query)
    # Behind the end, a page of the app shows the last part; a cursor has come to its end.
    items = page.items if page.start == start else ()
    following = start + len(items)
    return JSONResponse(
        {
            "items": [asset.plain() for asset in items],
            "total": page.total,
            "cursor": _cursor(following) if items and following < page.total else None,
        }
    )


@api.get("/{identifier}", tags=["Assets"], response_model=Asset)
def read_asset(identifier: str, services: Services) -> JSONResponse:
    """Read one asset."""
    return JSONResponse(services.assets.get(identifier).plain())


@api.patch("/{identifier}", tags=["Assets"], response_model=Asset)
def change_asset(
    identifier: str, patch: AssetPatch, services: Services, author: Author = "API"
) -> JSONResponse:
    """Change some fields of an asset; 409 with the asset as it is, if it has changed meanwhile."""
    return JSONResponse(services.assets.edit(identifier, patch, by=author).plain())


@api.delete("/{identifier}", tags=["Assets"], response_model=Asset)
def bin_asset(
    identifier: str,
    services: Services,
    author: Author = "API",
    version: Annotated[int | None, Query(description="Only if this is still its version.")] = None,
) -> JSONResponse:
    """Move an asset to the bin, from which it can be restored."""
    return JSONResponse(services.assets.bin(identifier, by=author, version=version).plain())


@api.post("/{identifier}/restore", tags=["Assets"], response_model=Asset)
def restore_asset(identifier: str, services: Services, author: Author = "API") -> JSONResponse:
    """Put an asset back from the bin."""
    return JSONResponse(services.assets.restore(identifier, by=author).plain())


def _filters(request: Request) -> dict[str, tuple[str, ...]]:
    given = request.query_params
    return {
        spec.name: tuple(given.getlist(spec.name))
        for spec in fields()
        if spec.categorical and spec.name in given
    }


def _cursor(start: int) -> str:
    return base64.urlsafe_b64encode(json.dumps({"start": start}).encode()).decode()


def _start(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        start = int(json.loads(base64.urlsafe_b64decode(cursor))["start"])
        return min(max(0, start), _FURTHEST)
    except (ValueError, KeyError, TypeError, OverflowError, binascii.Error) as error:
        problem = Problem("cursor", "This cursor is not one of ours.")
        raise InvalidAsset([problem]) from error


def _error(status: int, error: BasketError, **more: Any) -> JSONResponse:
    return JSONResponse({"error": str(error), **more}, status)


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    return [{"field": problem.field, "message": problem.message} for problem in problems]


_ANSWERS: dict[type[BasketError], Callable[[Any], JSONResponse]] = {
    AssetNotFound: lambda error: _error(404, error),
    Conflict: lambda error: _error(409, error, current=error.current.plain()),
    InvalidAsset: lambda error: _error(422, error, problems=_problems(error.problems)),
    StoreUnavailable: lambda error: _error(503, error),
}
"""What each of the domain's errors is over HTTP."""


@api.exception_handler(BasketError)
def answer(_: Request, error: Exception) -> JSONResponse:
    """Translate a domain error by the table above."""
    return next(say(error) for kind, say in _ANSWERS.items() if isinstance(error, kind))


@api.exception_handler(RequestValidationError)
def invalid(_: Request, error: Exception) -> JSONResponse:
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
