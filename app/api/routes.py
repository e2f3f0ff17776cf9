"""The HTTP API, over the same services as the pages."""

import base64
import binascii
import inspect
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline
from pydantic import BaseModel, Field, create_model
from starlette.types import Receive, Scope, Send

from app.api.errors import answer_errors
from app.api.exports import add_export, parameters
from app.api.imports import add_import
from app.api.services import Asker, Author, Services, with_services
from app.basket import Basket
from app.queries import check_names, check_sort, checked
from services.errors import InvalidAsset
from services.model.current import Model, begin, current
from services.model.problem import Problem
from services.model.query import DEFAULT_SORT, AssetQuery

_FURTHEST = 10**9
_PARAMETERS = frozenset({"search", "sort", "limit", "cursor"})
"""Of the list, beside its filters."""


class Added(BaseModel):
    """Where to find what was added."""

    identifier: str


class Api:
    """Answers under the model in force, over the services; each model has an API of its own."""

    def __init__(self, services: Callable[[], Basket]) -> None:
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        scope = with_services(scope, self._services)
        await api_of(begin().model)(scope, receive, send)


@lru_cache(maxsize=2)
def api_of(model: Model) -> FastAPI:
    """The API with the types and the documentation of a model."""
    # Offline: FastAPI's own page of documentation fetches its scripts from the internet.
    made = FastAPIOffline(
        title="Asset Basket",
        summary="The same basket that the pages show.",
        version="1",
        redoc_url=None,
    )
    answer_errors(made)
    # Assets are answered as they are stored: one that does not fit today's model is no reason to
    # answer none, so FastAPI documents them and does not check them.
    strict: dict[str, Any] = {"dependencies": [Depends(only_known_parameters)]}
    asset: dict[str, Any] = {"tags": ["Assets"], "response_model": model.asset, **strict}
    add = made.post("/", tags=["Assets"], status_code=201, **strict)
    add(_typed(add_asset, "entered", model.input))
    made.get("/", tags=["Assets"], response_model=_listing(model))(list_assets)
    add_export(made)
    add_import(made, **strict)
    made.get("/{identifier}", **asset)(read_asset)
    made.patch("/{identifier}", **asset)(_typed(change_asset, "patch", model.patch))
    made.delete("/{identifier}", **asset)(bin_asset)
    made.post("/{identifier}/restore", **asset)(restore_asset)
    return made


def only_known_parameters(request: Request) -> None:
    """Raises InvalidAsset for a parameter in the URL that the route does not know."""
    known = {field.alias for field in request.scope["route"].dependant.query_params}
    check_names(request.query_params, known)


def _typed(route: Callable[..., Any], parameter: str, kind: type[BaseModel]) -> Callable[..., Any]:
    """The route, taking a body of this type."""

    def typed(*args: Any, **named: Any) -> Any:
        return route(*args, **named)

    typed.__name__, typed.__doc__ = route.__name__, route.__doc__
    signature = inspect.signature(route)
    parameters = [
        given.replace(annotation=kind) if given.name == parameter else given
        for given in signature.parameters.values()
    ]
    vars(typed)["__signature__"] = signature.replace(parameters=parameters)
    return typed


def _listing(model: Model) -> type[BaseModel]:
    total = Annotated[int, Field(description="How many match.")]
    cursor = Annotated[
        str | None, Field(description="Where the next part starts; null at the end.")
    ]
    items: Any = list[model.asset]  # type: ignore[name-defined]  # a type made at run time
    return create_model(
        "Listing",
        __doc__="A part of the assets that match.",
        items=(items, ...),
        total=(total, ...),
        cursor=(cursor, ...),
    )


def add_asset(entered: Any, services: Services, author: Author = "API") -> Added:
    """Add an asset."""
    return Added(identifier=services.assets.add(entered, by=author).identifier)


def list_assets(
    request: Request,
    services: Services,
    search: Annotated[str, Query(description="Words that all have to occur.")] = "",
    sort: Annotated[
        str, Query(description="Fields with commas between; with a minus, backwards.")
    ] = DEFAULT_SORT,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    cursor: Annotated[str | None, Query(description="From the answer before.")] = None,
) -> JSONResponse:
    """List assets.

    Filter by any field's values (`?tag=ISA&tag=SIPP&ccy=GBP`), by a part of its text
    (`name~contains=fund`), by bounds (`createdAt~from=2026-01-01`, `~to`, `~below`), or by whether
    it is empty (`tag~empty=yes`). A filter that cannot be applied is refused.
    """
    check_sort(sort)
    start = _start(cursor)
    narrowing = checked(current().fields, parameters(request), _PARAMETERS)
    query = AssetQuery(search, narrowing, sort, start, limit)
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


def read_asset(identifier: str, services: Services) -> JSONResponse:
    """Read one asset."""
    return JSONResponse(services.assets.get(identifier).plain())


def change_asset(
    identifier: str, patch: Any, services: Services, author: Author = "API"
) -> JSONResponse:
    """Change some fields of an asset; 409 with the asset as it is, if it has changed meanwhile."""
    return JSONResponse(services.assets.edit(identifier, patch, by=author).plain())


def bin_asset(
    identifier: str,
    services: Services,
    asker: Asker,
    author: Author = "API",
    version: Annotated[int | None, Query(description="Only if this is still its version.")] = None,
    for_good: Annotated[
        bool, Query(description="Delete what is in the bin, with its history. Presenters only.")
    ] = False,
) -> JSONResponse:
    """Move an asset to the bin, from which it can be restored; or delete it there for good."""
    if for_good:
        return JSONResponse(services.assets.erase(identifier, version=version, role=asker).plain())
    return JSONResponse(services.assets.bin(identifier, by=author, version=version).plain())


def restore_asset(identifier: str, services: Services, author: Author = "API") -> JSONResponse:
    """Put an asset back from the bin."""
    return JSONResponse(services.assets.restore(identifier, by=author).plain())


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
