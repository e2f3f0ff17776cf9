"""Strategy of a job: one asset after the other, each under a condition on its version."""

from collections.abc import Callable, Generator, Mapping
from functools import partial
from itertools import islice

from services.errors import AssetNotFound, Conflict, InvalidAsset
from services.jobs.job import Left, Progress, Step
from services.model.record import Asset
from services.model.words import name_of

Versions = Mapping[str, int]
"""Assets by identifier, each with the version that is known of it."""

Change = Callable[[str, int], int | None]
"""Changes the asset if it has this version; returns the one that it has then, None for no change.

Raises AssetNotFound, Conflict, InvalidAsset, StoreUnavailable.
"""


def one_by_one(
    progress: Progress, chosen: Versions, change: Change, get: Callable[[str], Asset]
) -> Generator[Step]:
    """The steps that change these assets, but for the first ones, which are done."""
    for identifier, version in islice(chosen.items(), progress.done, None):
        yield partial(_change, progress, identifier, version, change, get)


def _change(
    progress: Progress,
    identifier: str,
    version: int,
    change: Change,
    get: Callable[[str], Asset],
) -> int:
    try:
        after = change(identifier, version)
    except Conflict as error:
        there = error.current
        progress.overtaken.append(Left(identifier, name_of(there), _by_whom(error)))
    except AssetNotFound:
        progress.overtaken.append(Left(identifier, identifier, "It is no longer there."))
    except InvalidAsset as error:
        progress.refused.append(Left(identifier, name_of(get(identifier)), str(error)))
    else:
        if after is None:
            progress.same += 1
        else:
            progress.changed[identifier] = after
    return 1


def _by_whom(conflict: Conflict) -> str:
    is_there = conflict.current.deleted_at is None
    return f"{conflict.by} {'has changed it' if is_there else 'has moved it to the bin'}."
