"""What is to be said of one stored asset under a model; of many it is the same."""

from collections.abc import Iterator
from typing import Literal

from services.model.current import Model
from services.model.record import Fit
from services.store.assets.amending import Path
from services.store.assets.fit import fit_under
from services.store.assets.items import values_of
from services.store.assets.reading import gone_from, known_to
from services.store.attributes import loads

Kind = Literal["misfit", "lacking", "gone", "default"]
"""A value that does not fit, a required one that is missing, one that the model has no field for,
the model's default in the place of one that nobody has stored."""
Mark = tuple[Kind | Literal["stored"], Path, str]
"""Of a field, what is to be said, and what is wrong in words for people."""
Digest = tuple[Mark, ...]
"""All that is to be said of one asset."""


def digest_of(model: Model, line: str) -> Digest:
    """What is to be said of the item on a line of DynamoDB JSON."""
    plain = values_of(loads(line))
    fit = fit_under(model, known_to(model, plain))
    stored = {spec.path for spec in model.fields if spec.value_in(plain) is not None}
    return (
        *(("stored", path, "") for path in sorted(stored)),
        *_problems(model, fit, stored),
        *(("gone", path, "") for path in gone_from(model, plain)),
        *(("default", path, "") for path in _shown(model, fit.defaults)),
    )


def _problems(model: Model, fit: Fit, stored: set[Path]) -> Iterator[Mark]:
    paths: dict[str, Path] = {spec.name: spec.path for spec in model.fields}
    for problem in fit.problems:
        path = paths.get(problem.field, ())
        kind: Kind = "misfit" if path in stored or not path else "lacking"
        yield (kind, path, problem.message)


def _shown(model: Model, defaults: tuple[str, ...]) -> list[Path]:
    """The defaults that people see; of a nested model as a whole only that, not its fields."""
    empty = {spec.name for spec in model.fields if not spec.filled_in}
    outer = {name for name in defaults if "." not in name}
    seen = outer | {name for name in defaults if name.partition(".")[0] not in outer}
    return [tuple(name.split(".")) for name in sorted(seen - empty)]


def subjects(digest: Digest) -> list[tuple[Kind, Path]]:
    """What the digest finds, and in which field."""
    return [(kind, path) for kind, path, _ in digest if kind != "stored"]
