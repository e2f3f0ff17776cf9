"""An import on its way: in a thread of its own, whoever looks on."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from pydantic import ValidationError

from services.assets.service import AssetService
from services.errors import AssetNotFound, Conflict, InvalidAsset, StoreUnavailable
from services.importing.plan import Action, Step
from services.importing.record import Import
from services.model.current import Model, using
from services.model.fields.flat import flat, nested
from services.model.words import explain
from services.store.assets.batch import BATCH, BatchWriter
from services.store.assets.items import Stored, asset_on, to_item
from services.store.assets.items import operation_of as made_by
from services.store.assets.overwriting import Watch
from services.store.attributes import Item, loads
from services.store.read_model.catalogue import Catalogue
from services.store.table import asset_key, key_of

log = logging.getLogger(__name__)
_PORTIONS = 20
"""New assets are shown in so many portions: each has the read model's columns copied."""
_SMALLEST = 20 * BATCH
_AT_ONCE = 8 * BATCH
"""So many are taken back before others' changes are looked for."""

_Left = tuple[int, str]
"""A row that was left as it is, and why."""

Steps = Callable[[], Iterator[Step]]
"""What is to be done, from the beginning as often as it is called."""


class Run:
    """Takes an import's steps, or takes them back; both may be repeated without harm."""

    def __init__(
        self,
        about: Import,
        model: Model,
        assets: AssetService,
        batch: BatchWriter,
        catalogue: Catalogue,
    ) -> None:
        self.about = about
        self.done = 0
        """How many steps it is through with."""
        self.problem = ""
        """Why it has stopped, if nobody has stopped it."""
        self._model = model
        self._assets = assets
        self._batch = batch
        self._catalogue = catalogue
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether it is still on its way."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self, work: Callable[[], None]) -> None:
        """Set out; `work` is do or undo with what comes after it."""

        def run() -> None:
            with using(self._model):
                try:
                    work()
                except StoreUnavailable as error:
                    self.problem = str(error)
                except Exception as error:
                    log.exception("import %s failed", self.about.name)
                    self.problem = f"{type(error).__name__}: {error}"

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon; what is done is done, and can be undone."""
        self._cancelled.set()

    def join(self, seconds: float | None = None) -> None:
        """Wait until it has ended."""
        if self._thread is not None:
            self._thread.join(seconds)

    def do(self, steps: Steps, *, again: bool) -> Import:
        """Take the steps; `again` if some of them may have been taken before.

        Raises StoreUnavailable; what was done until then stays, and may be done again.
        """
        with self._catalogue.many_writes():
            added, refused = self._add(_those(steps, "add"), again=again)
            updated, left = self._each(_those(steps, "update"), self._update)
        state = "cancelled" if self._cancelled.is_set() else "done"
        told = _descriptions([*refused, *left])
        self.about = self.about.but(state=state, added=added, updated=updated, left=told)
        return self.about

    def undo(self, steps: Steps) -> Import:
        """Take the steps back, except where somebody has changed the asset since.

        Raises StoreUnavailable.
        """
        left = self._remove(_those(steps, "add"))
        with self._catalogue.many_writes():
            left += self._each(_those(steps, "update"), self._take_back)[1]
        state = "undoing" if self._cancelled.is_set() else "undone"
        return self.about.but(state=state, left=_descriptions(left))

    def _remove(self, steps: Iterator[Step]) -> list[_Left]:
        """Delete what was added, many at once; what somebody changes meanwhile is put back."""
        watch = self._batch.watch()
        columns = self._catalogue.read()
        left: list[_Left] = []
        with self._catalogue.many_writes():
            while not self._cancelled.is_set() and (portion := list(islice(steps, _AT_ONCE))):
                by_key = {_key(step): step for step in portion}
                there = list(columns.lines_of([step.identifier for step in portion]))
                lines = {key_of(loads(line)): line for line in there}
                touched = {
                    key: line
                    for key, line in lines.items()
                    if not self._is_untouched(line, by_key[key])
                }
                left += [
                    (by_key[key].line, str(Conflict(asset_on(line))))
                    for key, line in touched.items()
                ]
                ours = {key: line for key, line in lines.items() if key not in touched}
                left += self._remove_lines(watch, ours, by_key)
                self.done += len(portion)
        return left

    def _is_untouched(self, line: str, step: Step) -> bool:
        """Whether the asset is what the import made it; other programs may tell of no change."""
        if made_by(loads(line)) != operation_of(self.about):
            return False
        asset, specs = asset_on(line), self._model.fields
        there = flat(specs, asset.plain())
        names = {spec.name for spec in specs} & step.values.keys()
        same = all(there.get(name) == step.values[name] for name in names)
        return same and asset.fit.gone.keys() <= step.values.keys()

    def _remove_lines(
        self, watch: Watch, lines: Mapping[str, str], steps: Mapping[str, Step]
    ) -> list[_Left]:
        if not lines:
            return []
        self._catalogue.check_writable()
        generation = self._catalogue.generation
        self._batch.delete([asset_key(steps[key].identifier) for key in lines])
        changed = watch.overwritten(lines, dict.fromkeys(lines))
        for line in changed.values():
            self._assets.put_back(loads(line))
        gone = [key for key in lines if key not in changed]
        self._catalogue.dropped_all(gone, generation)
        return [(steps[key].line, "somebody has just changed it.") for key in changed]

    def _add(self, steps: Iterator[Step], *, again: bool) -> tuple[int, list[_Left]]:
        added, left = 0, list[_Left]()
        portion = max(_SMALLEST, self.about.total // _PORTIONS)
        while not self._cancelled.is_set():
            some = list(islice(steps, portion))
            if not some:
                break
            items = list(self._items(some, left))
            self._catalogue.check_writable()
            generation = self._catalogue.generation
            written = self._batch.put(self._missing(items) if again else items, self._goes_on)
            shown = items if written == len(items) or again else items[:written]
            self._catalogue.took_all(shown, generation)
            added += len(shown)
            self.done += len(some) - len(items) + len(shown)
        return added, left

    def _items(self, steps: Iterable[Step], left: list[_Left]) -> Iterator[Item]:
        """The items of these steps; of those that make none, `left` tells why."""
        for step in steps:
            try:
                yield self._item(step)
            except (InvalidAsset, ValidationError) as error:
                left.append((step.line, _reason(error)))

    def _goes_on(self, _: int) -> bool:
        return not self._cancelled.is_set()

    def _item(self, step: Step) -> Item:
        model, moment, by = self._model, self.about.at, self.about.by
        entered = model.input.model_validate(nested(model.fields, step.values))
        system: dict[str, Any] = {
            "identifier": step.identifier,
            "created_at": moment,
            "created_by": by,
            "updated_at": moment,
            "updated_by": by,
        }
        asset = model.asset(**dict(entered), **system)
        return to_item(Stored(asset, operation_of(self.about)))

    def _missing(self, items: Sequence[Item]) -> list[Item]:
        """What is not there yet: what is, somebody may have changed since."""
        keys = [asset_key(item["identifier"]["S"]) for item in items]
        there = {key_of(item) for item in self._batch.there(keys)}
        return [item for item in items if key_of(item) not in there]

    def _each(self, steps: Iterable[Step], take: Callable[[Step], None]) -> tuple[int, list[_Left]]:
        taken = 0
        left: list[_Left] = []
        for step in self._until_cancelled(steps):
            try:
                take(step)
                taken += 1
            except Conflict as error:
                left.append((step.line, str(error)))
            except AssetNotFound:
                left.append((step.line, "the asset is no longer there."))
            except InvalidAsset as error:
                left.append((step.line, str(error)))
        return taken, left

    def _until_cancelled(self, steps: Iterable[Step]) -> Iterator[Step]:
        for step in steps:
            if self._cancelled.is_set():
                return
            yield step
            self.done += 1

    def _update(self, step: Step) -> None:
        self._assets.set_fields(
            step.identifier,
            step.values,
            version=step.version,
            by=self.about.by,
            draft=f"{operation_of(self.about)}/{step.line}",
        )

    def _take_back(self, step: Step) -> None:
        self._assets.take_back(
            step.identifier,
            version=step.version + 1,
            by=self.about.by,
            draft=f"{operation_of(self.about)}/{step.line}/undo",
        )


def _those(steps: Steps, action: Action) -> Iterator[Step]:
    return (step for step in steps() if step.action == action)


def _descriptions(left: Iterable[_Left]) -> tuple[str, ...]:
    return tuple(f"Row {line}: {reason}" for line, reason in sorted(left))


def _key(step: Step) -> str:
    return key_of(asset_key(step.identifier))


def _reason(error: InvalidAsset | ValidationError) -> str:
    if isinstance(error, InvalidAsset):
        return str(error)
    return " ".join(problem.message for problem in explain(error.errors(include_url=False)))


def operation_of(about: Import) -> str:
    """The id of the change that an import makes."""
    return f"import/{about.name}"
