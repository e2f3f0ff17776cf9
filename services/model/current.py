"""The model in force: what `asset.py` says an asset is, now.

The file may be saved while the app runs. Whoever begins something (a click, a request) asks for the
latest model once, and keeps to it until he is through; a model that is broken never comes into
force.
"""

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pydantic import create_model

from services.model.base import Fields
from services.model.checking.breakage import BrokenModel, explained
from services.model.checking.checks import BadField, check_fields, check_marks, check_schemas
from services.model.checking.time_limit import run_with_timeout
from services.model.fields.schema import specs_of
from services.model.fields.spec import FieldSpec
from services.model.patch import AssetPatch, patch_model
from services.model.record import Asset, Record

if TYPE_CHECKING:
    from services.model.asset import AssetInput

MODULE = "services.model.asset"
FILE = Path(__file__).with_name("asset.py")
_LONGEST_SECONDS = 10.0
"""So long a model may take to come into force; everybody who clicks meanwhile waits for it."""
_TAKEN = {"PK", "SK", "operation", "history", "plain", "fit"}
"""Names in an item that are the store's own, and what every asset can be asked."""


@dataclass(frozen=True, eq=False)
class Model:
    """What an asset is: the builder's model, and all that follows from it."""

    input: "type[AssetInput]"
    """An asset as a person describes it."""
    asset: type[Asset]
    """An asset as it is stored."""
    patch: type[AssetPatch]
    """A change to an asset."""
    fields: tuple[FieldSpec, ...]
    generation: int = 0
    """Rises with each model that comes into force."""

    def field(self, name: str) -> FieldSpec:
        """The field of this name outside Python; KeyError if there is none."""
        return {spec.name: spec for spec in self.fields}[name]


def model_of(builders: "type[AssetInput]", generation: int = 0) -> Model:
    """All that follows from a builder's model.

    Raises BadField or UnknownFieldType with what to write instead.
    """
    check_marks(builders)
    specs = specs_of(builders)
    _refuse_taken_names(builders)
    bases: Any = (builders, Asset)
    make: Any = create_model
    stored = make("Asset", __base__=bases, __doc__=Asset.__doc__)
    return Model(builders, stored, patch_model(builders), specs, generation)


def _refuse_taken_names(builders: type[Fields]) -> None:
    taken = _TAKEN | {info.alias or name for name, info in Record.model_fields.items()}
    for name, info in builders.model_fields.items():
        if (info.alias or name) in taken:
            problem = "this name is the product's own. Choose another one."
            raise BadField(builders, name, problem)


@dataclass(frozen=True)
class ModelSnapshot:
    """What was seen at a look at the model file."""

    model: Model
    """The last sound model."""
    problem: str = ""
    """Why the file as it is now is not in force; empty if it is."""
    revision: int = 0
    """Rises whenever the file was taken over, or turned out to be broken."""


class Watch:
    """The model file, taken over whenever it has been saved and is sound."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._proofs: tuple[Proof, ...] = ()
        self._lock = threading.Lock()
        self._seen = self._stamp()
        self.snapshot = ModelSnapshot(_load(file, 0))
        """What was seen last."""

    def prove_with(self, *proofs: "Proof") -> None:
        """Have these look at each model from now on, before it comes into force.

        What they raise keeps it out.
        """
        self._proofs = proofs

    def look(self) -> ModelSnapshot:
        """Look at the file; who comes while it is being taken over waits."""
        if self._stamp() != self._seen:
            with self._lock:
                stamp = self._stamp()
                if stamp != self._seen:
                    self.snapshot = self._take_over(self.snapshot)
                    self._seen = stamp
        return self.snapshot

    def _take_over(self, before: ModelSnapshot) -> ModelSnapshot:
        try:
            model = _load(self._file, before.model.generation + 1, self._proofs)
        except BrokenModel as broken:
            return ModelSnapshot(before.model, str(broken), before.revision + 1)
        return ModelSnapshot(model, revision=before.revision + 1)

    def _stamp(self) -> tuple[int, int]:
        try:
            told = self._file.stat()
        except OSError:
            return (0, 0)
        return (told.st_mtime_ns, told.st_size)


Proof = Callable[[Model], None]
"""Does with a model what the product will do with it."""


def _load(file: Path, generation: int, proofs: Iterable[Proof] = ()) -> Model:
    """Run the file as the model's module, which it stays if its model is sound.

    Raises BrokenModel.
    """
    before, module = sys.modules.get(MODULE), ModuleType(MODULE)
    module.__file__ = str(file)
    sys.modules[MODULE] = module

    def load() -> Model:
        # The builder's own file, as Python itself would run it.
        exec(compile(file.read_bytes(), file, "exec"), vars(module))  # noqa: S102
        model = _checked(vars(module).get("AssetInput"), generation)
        with using(model):
            for proof in proofs:
                proof(model)
        return model

    try:
        with explained(file):
            return run_with_timeout(_LONGEST_SECONDS, load, file)
    except BrokenModel:
        if before is not None:
            sys.modules[MODULE] = before
        raise


def _checked(builders: Any, generation: int) -> Model:
    if not (isinstance(builders, type) and issubclass(builders, Fields)):
        raise BrokenModel("There has to be a class AssetInput(Fields).")
    checked: Any = builders
    model = model_of(checked, generation)
    check_fields(model.input, model.fields)
    for spec in model.fields:
        _ = spec.default, spec.filling  # a factory of the builder's may fail
    check_schemas(model.input, model.asset, model.patch)
    return model


_lock = threading.Lock()
_watch: Watch | None = None
_pinned: ContextVar[ModelSnapshot | None] = ContextVar("snapshot", default=None)


def watch() -> Watch:
    """The watch over the model file. Raises BrokenModel if the first model is not sound."""
    global _watch
    with _lock:
        if _watch is None:
            _watch = Watch(FILE)
        return _watch


def begin() -> ModelSnapshot:
    """Look at the model file; what is seen holds for everything in this click or request."""
    snapshot = watch().look()
    _pinned.set(snapshot)
    return snapshot


def seen() -> ModelSnapshot:
    """What this click or request saw when it began; otherwise what was seen last."""
    return _pinned.get() or watch().snapshot


def current() -> Model:
    """The model in force for this click or request."""
    return seen().model


def fields() -> tuple[FieldSpec, ...]:
    """The fields of the model in force, in their order."""
    return current().fields


def field(name: str) -> FieldSpec:
    """The asset's field of this name outside Python; KeyError if there is none."""
    return current().field(name)


@contextmanager
def using(model: Model) -> Iterator[None]:
    """Keep to this model inside the block."""
    token = _pinned.set(ModelSnapshot(model))
    try:
        yield
    finally:
        _pinned.reset(token)
