"""Downloads: what a search finds, as a file."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Annotated

from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import StreamingResponse

from app.api.services import Services
from app.basket import Basket
from app.queries import check_sort, checked
from services.assets.exporting import KINDS
from services.errors import CopyGone
from services.files.sheet import Format
from services.model.current import current
from services.model.query import DEFAULT_SORT, AssetQuery

_PARAMETERS = frozenset({"format", "search", "sort", "copy"})
"""Of the export, beside its filters."""
_CHUNK = 256 * 1024
_IN_MEMORY = 8 * 1024**2


def add_export(api: FastAPI) -> None:
    """Give the API its downloads."""
    api.get("/export", tags=["Files"], response_class=StreamingResponse)(export_assets)


def parameters(request: Request) -> dict[str, list[str]]:
    """Everything that stands behind the question mark."""
    return {name: request.query_params.getlist(name) for name in request.query_params}


def _copy(
    services: Services,
    copy: Annotated[str, Query(description="Of one’s own, as the pages’ links name it.")] = "",
) -> Basket:
    """The basket that the page shows on which the link stands. Raises CopyGone."""
    found = services.copies.named(copy) if copy else services
    if found is None:
        raise CopyGone
    return found


def export_assets(
    request: Request,
    services: Annotated[Basket, Depends(_copy)],
    format: Annotated[Format, Query(description="Of the file.")] = "csv",  # noqa: A002
    search: Annotated[str, Query(description="Words that all have to occur.")] = "",
    sort: Annotated[str, Query(description="As in the list.")] = DEFAULT_SORT,
) -> StreamingResponse:
    """Download all assets that match; filters are those of the list."""
    check_sort(sort)
    narrowing = checked(current().fields, parameters(request), _PARAMETERS)
    # Written whole before a byte is sent: what cannot be written is an error, not half a file.
    out = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when sent
    try:
        services.exports.matching(AssetQuery(search, narrowing, sort), format, out)
    except BaseException:
        out.close()
        raise
    kind = KINDS[format]
    name = kind.file_name(datetime.now(UTC).date())
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_chunks(out), media_type=kind.media_type, headers=headers)


def _chunks(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        out.seek(0)
        while chunk := out.read(_CHUNK):
            yield chunk
