"""Assets from a file, over HTTP."""

import tempfile
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from app.api.services import Author, Services
from services.errors import InvalidAsset, StoreUnavailable
from services.files.sheet import Format, Sheet
from services.importing.matching import ADD_ALL, IDENTIFIER, Choices, has_identifiers, match
from services.importing.plan import Plan
from services.importing.service import ImportService, new_name
from services.model.current import current
from services.model.fields.cells import UnclearCell, value_of
from services.model.fields.spec import FieldSpec
from services.model.problem import Problem

_TOLD = 1000
_IN_MEMORY = 8 * 1024**2
_FILE = {"schema": {"type": "string", "format": "binary"}}
_BODY = {"requestBody": {"required": True, "content": {"application/octet-stream": _FILE}}}


def add_import(api: FastAPI, **options: Any) -> None:
    """Give the API its way in for files; `options` are those of its route."""
    route = api.post(
        "/import", tags=["Files"], response_class=JSONResponse, openapi_extra=_BODY, **options
    )
    route(import_assets)


async def import_assets(
    request: Request,
    services: Services,
    author: Author = "API",
    format: Annotated[Format | None, Query(description="Found by itself if not given.")] = None,  # noqa: A002
    encoding: Annotated[str | None, Query(description="Found by itself if not given.")] = None,
    delimiter: Annotated[str | None, Query(min_length=1, max_length=1)] = None,
    column: Annotated[
        list[str], Query(description="`field:heading`; found by name, label and alias else.")
    ] = [],  # noqa: B006 - FastAPI copies it
    fixed: Annotated[
        list[str], Query(description="`field:value`, for every row of a file that lacks it.")
    ] = [],  # noqa: B006
    key: Annotated[
        str, Query(description="Update assets that have the same value in this field.")
    ] = ADD_ALL,
    partly: Annotated[bool, Query(description="Import the others if rows are refused.")] = False,
    dry_run: Annotated[bool, Query(description="Only tell what would happen.")] = False,
) -> JSONResponse:
    """Import the file in the request's body: CSV, Excel, JSON, JSON Lines or DynamoDB JSON.

    422 with every problem by row and column if rows are refused; nothing is written then, unless
    `partly` is set.
    """
    content = await _whole(request)
    return await run_in_threadpool(
        _import,
        services.imports,
        lambda: services.files.read(
            content, "", format=format, encoding=encoding, delimiter=delimiter
        ),
        lambda sheet: _choices(sheet, column, fixed, key, partly=partly),
        author,
        dry_run,
    )


async def _whole(request: Request) -> bytes:
    """What has arrived, once it is complete: on its way it waits on the disk, not in memory."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as arrived:
        async for part in request.stream():
            arrived.write(part)
        arrived.seek(0)
        return arrived.read()


def _import(
    imports: ImportService, take_in: Any, understand: Any, author: str, dry_run: bool
) -> JSONResponse:
    sheet: Sheet = take_in()
    name = new_name()
    plan = imports.preview(sheet, understand(sheet), name)
    refused = plan.count("refuse") and plan.choices.all_or_nothing
    if dry_run or refused:
        return JSONResponse({"import": None, **_to_json(plan)}, 422 if refused else 200)
    told = _to_json(plan)
    job = imports.start(plan, sheet, name=name, title="API", by=author)
    # Large, and needed no longer: what the job needs it has written down.
    del sheet, plan
    job.join()
    if job.problem:
        raise StoreUnavailable(f"The import {name} was interrupted: {job.problem}")
    # What was done, which may be less than was planned: somebody else may have been faster.
    done = {"added": job.record.added, "updated": job.record.updated}
    left = {"left": list(job.record.left)} if job.record.left else {}
    return JSONResponse({"import": name, **told, **done, **left})


def _to_json(plan: Plan) -> dict[str, Any]:
    return {
        "added": plan.count("add"),
        "updated": plan.count("update"),
        "unchanged": plan.count("same"),
        "refused": plan.count("refuse"),
        "problems": [
            {"row": problem.line, "column": problem.column, "message": problem.message}
            for problem in plan.problems[:_TOLD]
        ],
    }


def _choices(
    sheet: Sheet, column: list[str], fixed: list[str], key: str, *, partly: bool
) -> Choices:
    specs = {spec.name: spec for spec in current().fields}
    columns = {**match(sheet.columns, specs.values()), **dict(_pair(said) for said in column)}
    given = dict(_pair(said) for said in fixed)
    for name in {*columns, *given} - set(specs):
        raise InvalidAsset([Problem(name, f"There is no field “{name[:60]}”.")])
    for heading in set(columns.values()) - set(sheet.columns):
        raise InvalidAsset([Problem("column", f"There is no column “{heading[:60]}”.")])
    if key not in (ADD_ALL, IDENTIFIER, *columns):
        raise InvalidAsset([Problem("key", f"Rows have no field “{key[:60]}” to be known by.")])
    if key == IDENTIFIER:
        columns[IDENTIFIER] = has_identifiers(sheet.columns) or IDENTIFIER
    values = {name: _meant(specs[name], text) for name, text in given.items()}
    return Choices(columns, values, key, all_or_nothing=not partly)


def _meant(spec: FieldSpec, text: str) -> Any:
    try:
        return value_of(spec, text)
    except UnclearCell as error:
        raise InvalidAsset([Problem(spec.name, str(error))]) from error


def _pair(said: str) -> tuple[str, str]:
    name, colon, value = said.partition(":")
    if not colon:
        raise InvalidAsset([Problem("column", f"“{said[:60]}” is not of the form field:value.")])
    return name, value
