"""Pictures that are under review, for the page that shows them."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.basket import Basket

_HEADERS = {"Cache-Control": "private, max-age=86400, immutable"}
"""The same name is the same bytes for ever."""


def picture(services: Callable[[], Basket], request: Request) -> Response:
    """One of those that the page shows, and nothing else of the disk."""
    found = services().review.index.picture(request.path_params["name"])
    if found is None:
        return JSONResponse({"error": "This picture is not there any more."}, 404)
    return Response(found, media_type="image/png", headers=_HEADERS)
