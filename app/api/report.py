"""Downloads: what one leaves a session with."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.basket import Basket
from services.errors import BasketError, StoreUnavailable
from services.model.current import begin
from services.report.content import Report
from services.report.data import as_json, csv
from services.report.html import html
from services.report.markdown import issues, markdown

_TYPES = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def report(services: Callable[[], Basket], request: Request) -> Response:
    """The report of a session, or of one thing that was said, in the format asked for."""
    begin()
    asked = request.query_params
    code, item, kind = asked.get("session", ""), asked.get("item", ""), asked.get("format", "html")
    if kind not in _TYPES:
        return JSONResponse({"error": f"There are {', '.join(_TYPES)}."}, 422)
    basket = services()
    public = basket.settings.public_url
    reports, base = basket.reports, f"{public}/" if public else str(request.base_url)
    try:
        found = reports.item(code, item, base) if item else reports.of(code, base)
    except StoreUnavailable as error:
        return JSONResponse({"error": str(error)}, 503)
    except BasketError as error:
        return JSONResponse({"error": str(error)}, 404)
    name = f"session-{found.session.code}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_written(found, kind, item), media_type=_TYPES[kind], headers=headers)


def _written(found: Report, kind: str, item: str) -> str | bytes:
    match kind:
        case "md":
            return issues(found) if item else markdown(found)
        case "csv":
            return csv(found)
        case "json":
            return as_json(found)
        case _:
            return html(found)
