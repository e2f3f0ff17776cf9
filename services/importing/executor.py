"""Strategy of an import: adds many at once, updates one by one, and takes both back."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from pydantic import ValidationError

from services.assets.service import AssetService
from services.errors import AssetNotFound, Conflict, InvalidAsset
from services.importing.plan import Action, Step
from services.importing.record import Import
from services.jobs.job import Job
from services.jobs.job import Step as JobStep
from services.model.fields.flat import flat, nested
from services.model.words import explain
from services.store.assets.batch import BATCH, BatchWriter
from services.store.assets.items import Stored, asset_on, to_item
from services.store.assets.items import operation_of as made_by
from services.store.assets.overwriting import Watch
from services.store.attributes import Item, loads
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.columns import Columns
from services.store.table import asset_key, key_of

_PORTIONS = 20
"""New assets are shown in so many portions: each has the read model's columns copied."""
_SMALLEST = 20 * BATCH
_AT_ONCE = 8 * BATCH
"""So many are taken back before others' changes are looked for."""

Steps = Callable[[], Iterator[Step]]
"""What is to be done, from the beginning as often as it is called."""


class ImportExecutor:
    """Takes an import's steps, or takes them back; both may be repeated without harm."""

    def __init__(
        self, job: Job[Import], assets: AssetService, batch: BatchWriter, catalogue: Catalogue
    ) -> None:
        self._job = job
        self._model = job.model
        self._assets = assets
        self._batch = batch
        self._catalogue = catalogue
        self._again = False
        self._added = self._updated = 0
        self._left: list[tuple[int, str]] = []
        """Rows that were left as they are, and why."""

    def do(self, steps: Steps, *, again: bool) -> Generator[JobStep]:
        """Take the steps; `again` if some of them may have been taken before."""
        self._again = again
        with self._catalogue.many_writes():
            try:
                yield from self._add(_those(steps, "add"))
                yield from self._each(_those(steps, "update"), self._update)
            finally:
                self._note(added=self._added, updated=self._updated)

    def undo(self, steps: Steps) -> Generator[JobStep]:
        """Take the steps back, except where somebody has changed the asset since."""
        # Before much is written: then news are asked for only now and then.
        watch, columns = self._batch.watch(), self._catalogue.read()
        with self._catalogue.many_writes():
            try:
                yield from self._remove(_those(steps, "add"), watch, columns)
                yield from self._each(_those(steps, "update"), self._take_back)
            finally:
                self._note()

    def _note(self, **counts: int) -> None:
        left = tuple(f"Row {line}: {reason}" for line, reason in sorted(self._left))
        self._job.record = self._job.record.but(left=left, **counts)

    def _add(self, steps: Iterator[Step]) -> Generator[JobStep]:
        portion = max(_SMALLEST, self._job.record.total // _PORTIONS)
        while some := list(islice(steps, portion)):
            generation = self._catalogue.generation
            written: list[Item] = []
            try:
                for start in range(0, len(some), BATCH):
                    batch = some[start : start + BATCH]
                    items = list(self._items(batch))
                    yield partial(self._put, items, len(batch))
                    written += items
            finally:
                self._added += len(written)
                self._catalogue.took_all(written, generation)

    def _put(self, items: Sequence[Item], steps: int) -> int:
        # Until it has come about, what is to be written may be there, and be changed by somebody.
        again, self._again = self._again, True
        self._catalogue.check_writable()
        self._batch.put(self._missing(items) if again else items)
        self._again = again
        return steps

    def _items(self, steps: Iterable[Step]) -> Iterator[Item]:
        """The items of these steps; of those that make none it is noted why."""
        for step in steps:
            try:
                yield self._item(step)
            except (InvalidAsset, ValidationError) as error:
                self._left.append((step.line, _reason(error)))

    def _item(self, step: Step) -> Item:
        model, record = self._model, self._job.record
        entered = model.input.model_validate(nested(model.fields, step.values))
        system: dict[str, Any] = {
            "identifier": step.identifier,
            "created_at": record.at,
            "created_by": record.by,
            "updated_at": record.at,
            "updated_by": record.by,
        }
        asset = model.asset(**dict(entered), **system)
        return to_item(Stored(asset, self._operation))

    def _missing(self, items: Sequence[Item]) -> list[Item]:
        """What is not there yet: what is, somebody may have changed since."""
        keys = [asset_key(item["identifier"]["S"]) for item in items]
        there = {key_of(item) for item in self._batch.there(keys)}
        return [item for item in items if key_of(item) not in there]

    def _remove(self, steps: Iterator[Step], watch: Watch, columns: Columns) -> Generator[JobStep]:
        """Delete what was added, many at once; what somebody changes meanwhile is put back."""
        while portion := list(islice(steps, _AT_ONCE)):
            by_key = {key_of(asset_key(step.identifier)): step for step in portion}
            ours: dict[str, str] = {}
            for line in columns.lines_of([step.identifier for step in portion]):
                key = key_of(loads(line))
                if self._is_untouched(line, by_key[key]):
                    ours[key] = line
                else:
                    self._left.append((by_key[key].line, str(Conflict(asset_on(line)))))
            if ours:
                yield from self._remove_lines(watch, ours, by_key)
            yield partial(len, portion)

    def _remove_lines(
        self, watch: Watch, lines: Mapping[str, str], steps: Mapping[str, Step]
    ) -> Generator[JobStep]:
        generation = self._catalogue.generation
        changed: dict[str, str] = {}
        yield partial(self._delete, [steps[key].identifier for key in lines])
        yield lambda: changed.update(watch.overwritten(lines, dict.fromkeys(lines)))
        for key, line in changed.items():
            self._left.append((steps[key].line, "somebody has just changed it."))
            yield partial(self._assets.put_back, loads(line))
        gone = [key for key in lines if key not in changed]
        self._catalogue.dropped_all(gone, generation)

    def _delete(self, identifiers: Iterable[str]) -> None:
        self._catalogue.check_writable()
        self._batch.delete(map(asset_key, identifiers))

    def _is_untouched(self, line: str, step: Step) -> bool:
        """Whether the asset is what the import made it; other programs may tell of no change."""
        if made_by(loads(line)) != self._operation:
            return False
        asset, specs = asset_on(line), self._model.fields
        there = flat(specs, asset.plain())
        names = {spec.name for spec in specs} & step.values.keys()
        same = all(there.get(name) == step.values[name] for name in names)
        return same and asset.fit.gone.keys() <= step.values.keys()

    def _each(self, steps: Iterable[Step], take: Callable[[Step], object]) -> Generator[JobStep]:
        for step in steps:
            yield partial(self._take, step, take)

    def _take(self, step: Step, take: Callable[[Step], object]) -> int:
        try:
            take(step)
        except AssetNotFound:
            self._left.append((step.line, "the asset is no longer there."))
        except (Conflict, InvalidAsset) as error:
            self._left.append((step.line, str(error)))
        else:
            self._updated += 1
        return 1

    def _update(self, step: Step) -> None:
        self._assets.set_fields(
            step.identifier,
            step.values,
            version=step.version,
            by=self._job.record.by,
            draft=f"{self._operation}/{step.line}",
        )

    def _take_back(self, step: Step) -> None:
        self._assets.take_back(
            step.identifier,
            version=step.version + 1,
            by=self._job.record.by,
            draft=f"{self._operation}/{step.line}/undo",
        )

    @property
    def _operation(self) -> str:
        """The id of the change that the import makes."""
        return f"import/{self._job.record.name}"


def _those(steps: Steps, action: Action) -> Iterator[Step]:
    return (step for step in steps() if step.action == action)


def _reason(error: InvalidAsset | ValidationError) -> str:
    if isinstance(error, InvalidAsset):
        return str(error)
    return " ".join(problem.message for problem in explain(error.errors(include_url=False)))
