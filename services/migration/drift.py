"""What today's model changes against what is stored: looked up, nothing is touched."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services.migration.digest import Digest, Kind, Mark, digest_of, subjects
from services.migration.names import FieldNames
from services.model.current import Model
from services.model.fields.spec import FieldSpec
from services.store.assets.amending import Path
from services.store.assets.items import values_of
from services.store.assets.reading import showable
from services.store.attributes import loads
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.columns import Columns
from services.store.table import identifier_of, key_of

Tell = Callable[[int, int], object]
"""Is told now and then how many of how many are done."""

MAX_EXAMPLES = 50
_PORTION = 1000
_ORDER: tuple[Kind, ...] = ("misfit", "lacking", "gone", "default")


@dataclass(frozen=True)
class Example:
    """One asset that a finding is about."""

    identifier: str
    title: str
    """What the asset is called."""
    value: Any
    """What is stored there, as JSON has it."""


@dataclass(frozen=True)
class Finding:
    """What many stored assets have in common that the model would not have made so."""

    kind: Kind
    path: Path
    """Of the field; empty for the asset as a whole."""
    count: int
    """How many assets it is about, those in the bin included."""
    messages: tuple[tuple[str, int], ...]
    """What is wrong in words for people, each with the number of assets, most first."""
    examples: tuple[Example, ...]
    foreign: bool = False
    """Whether the model never had the field, as far as is known: another program may need it."""

    @property
    def name(self) -> str:
        """The field's name outside Python, dotted inside of a nested model."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Drift:
    """How far the model has moved away from what is stored."""

    total: int
    """How many assets there are, those in the bin included."""
    findings: tuple[Finding, ...]
    unused: tuple[FieldSpec, ...]
    """The model's fields that no asset has stored."""


class Survey:
    """How every stored asset fits one model at one moment."""

    def __init__(self, columns: Columns, digests: list[Digest], known: frozenset[Path]) -> None:
        self.columns = columns
        self._digests = digests
        self._known = known

    def lines(self, kind: Kind, path: Path) -> list[str]:
        """The items that a finding is about, as lines of DynamoDB JSON."""
        return [line for line, found in self._all() if (kind, path) in subjects(found)]

    @cached_property
    def drift(self) -> Drift:
        """What is to be said of all assets together."""
        marks: Counter[Mark] = Counter()
        for digest, count in Counter(self._digests).items():
            marks.update(dict.fromkeys(digest, count))
        stored = {path for kind, path, _ in marks if kind == "stored"}
        return Drift(
            total=len(self._digests),
            findings=tuple(self._findings(marks)),
            unused=tuple(spec for spec in self.columns.model.fields if spec.path not in stored),
        )

    def _all(self) -> Iterator[tuple[str, Digest]]:
        return zip(self.columns.all_lines(), self._digests, strict=True)

    def _findings(self, marks: "Counter[Mark]") -> Iterator[Finding]:
        examples = self._examples()
        for kind, path in sorted(examples, key=self._place):
            said = Counter({text: n for (k, p, text), n in marks.items() if (k, p) == (kind, path)})
            yield Finding(
                kind=kind,
                path=path,
                count=said.total(),
                messages=tuple(said.most_common()),
                examples=tuple(_example(self.columns.model, path, e) for e in examples[kind, path]),
                foreign=kind == "gone" and path not in self._known,
            )

    def _place(self, subject: tuple[Kind, Path]) -> tuple[int, int, Path]:
        paths = [spec.path for spec in self.columns.model.fields]
        kind, path = subject
        return _ORDER.index(kind), paths.index(path) if path in paths else len(paths), path

    def _examples(self) -> dict[tuple[Kind, Path], list[str]]:
        found: dict[tuple[Kind, Path], list[str]] = {}
        for line, digest in self._all():
            for subject in subjects(digest):
                lines = found.setdefault(subject, [])
                if len(lines) < MAX_EXAMPLES:
                    lines.append(line)
        return found


def _example(model: Model, path: Path, line: str) -> Example:
    item = loads(line)
    plain = values_of(item)
    identifier = identifier_of(key_of(item))
    value: Any = plain if path else None
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return Example(identifier, title_of(model, plain, identifier), showable(value))


def title_of(model: Model, plain: Mapping[str, Any], identifier: str) -> str:
    """What an asset is called: its first field, or else its identifier."""
    return str(model.fields[0].value_in(plain) or identifier)


class DriftService:
    """Surveys the stored assets under the model in force; reads only what has changed since."""

    def __init__(self, catalogue: Catalogue, names: FieldNames) -> None:
        self._catalogue = catalogue
        self._names = names
        self._lock = threading.Lock()
        self._last: Survey | None = None
        self._known: dict[int, Digest] = {}

    def survey(self, tell: Tell | None = None) -> Survey:
        """How all assets fit now. Raises StoreUnavailable if the store has never answered."""
        columns = self._catalogue.read()
        with self._lock:
            if self._last is None or self._last.columns is not columns:
                self._last = self._made(columns, tell)
            return self._last

    def _made(self, columns: Columns, tell: Tell | None) -> Survey:
        if self._last is None or self._last.columns.model is not columns.model:
            self._known = {}
        lines = columns.all_lines()
        shared: dict[Digest, Digest] = {}
        known: dict[int, Digest] = {}
        digests = []
        for done, line in enumerate(lines):
            if tell and done % _PORTION == 0:
                tell(done, len(lines))
            # Their hashes and not the lines, which would keep every asset in memory twice.
            mark = hash(line)
            digest = self._known.get(mark) or digest_of(columns.model, line)
            # At once, since who has gone on to another page does not hear the end of it.
            self._known[mark] = known[mark] = shared.setdefault(digest, digest)
            digests.append(known[mark])
        self._known = known
        return Survey(columns, digests, self._names.known())
