"""Which fields the model has had, as far as this basket has seen: all else is other programs'."""

from collections.abc import Mapping
from typing import Any

from services.model.current import Model
from services.store.assets.amending import Path
from services.store.documents.documents import DocumentRepository, document_of, item_of
from services.store.read_model.catalogue import Catalogue
from services.store.table import META

_PK = "MODEL-FIELDS"


class FieldNames:
    """The fields of every model that was in force over this table."""

    def __init__(self, documents: DocumentRepository, catalogue: Catalogue) -> None:
        self._documents = documents
        self._catalogue = catalogue
        self._noted: Model | None = None

    def known(self) -> frozenset[Path]:
        """Every field there has been. Raises StoreUnavailable if the store never answered."""
        found = self._catalogue.others(f"{_PK}|")
        return _paths(document_of(found[0]).body) if found else frozenset()

    def note(self, model: Model) -> None:
        """Remember the model's fields. Raises StoreUnavailable."""
        if model is self._noted:
            return
        here = {path for spec in model.fields for path in (spec.path[:1], spec.path)}
        if not here <= self.known():
            generation = self._catalogue.generation
            kept = self._documents.change(_PK, META, lambda body: _with(body, here))
            self._catalogue.took(item_of(kept), generation)
        self._noted = model


def _paths(body: Mapping[str, Any]) -> frozenset[Path]:
    return frozenset(tuple(map(str, path)) for path in body.get("paths", ()))


def _with(body: Mapping[str, Any], more: set[Path]) -> Mapping[str, Any]:
    return {**body, "paths": [list(path) for path in sorted(_paths(body) | more)]}
