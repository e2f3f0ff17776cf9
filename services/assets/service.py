"""What can be done with assets."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from services.access import Role, check_presenter
from services.assets.values import holds, laid_over, with_fields
from services.errors import (
    STRANGER,
    AssetNotFound,
    Conflict,
    InvalidAsset,
    NotInBin,
    StoreUnavailable,
)
from services.model.current import current
from services.model.history import Change, Event, Story, What, differences
from services.model.patch import AssetPatch, changes_in
from services.model.problem import Problem
from services.model.query import AssetPage, AssetQuery, Count
from services.model.record import Asset, new_identifier, now
from services.store.assets.items import Stored, asset_on, from_item, to_item
from services.store.assets.repository import AssetRepository, OptimisticLockError
from services.store.attributes import Item, loads
from services.store.read_model.catalogue import Catalogue
from services.store.table import asset_key, key_of

if TYPE_CHECKING:
    from services.model.asset import AssetInput


_BACK: dict[What, What] = {"binned": "restored", "restored": "binned"}
"""What undoes a move."""


class AssetService:
    """The basket of assets: adding, finding, reading, changing."""

    def __init__(
        self,
        repository: AssetRepository,
        catalogue: Catalogue,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._repository = repository
        self._catalogue = catalogue
        self._clock = clock

    def add(self, entered: "AssetInput", *, by: str, identifier: str | None = None) -> Asset:
        """Put a new asset into the basket; repeating it with the same identifier adds no second.

        Raises Conflict if the identifier belongs to another asset, StoreUnavailable, InvalidAsset.
        """
        moment = self._clock()
        asset = current().asset(
            **dict(entered),
            identifier=identifier or new_identifier(),
            created_at=moment,
            created_by=by,
            updated_at=moment,
            updated_by=by,
        )
        return self._put(Stored(asset, _operation(asset.identifier, asset)), expected=None)

    def get(self, identifier: str) -> Asset:
        """The asset with this identifier; as it last was, if the store does not answer.

        Raises AssetNotFound and StoreUnavailable.
        """
        return self.open(identifier).asset

    def open(self, identifier: str) -> Story:
        """The asset with all that happened to it; as it last was, if the store does not answer.

        Raises AssetNotFound and StoreUnavailable.
        """
        try:
            stored = self._repository.get(identifier)
        except StoreUnavailable:
            stored = self._remembered(identifier)
        if stored is None:
            raise AssetNotFound(identifier)
        return stored.story

    def edit(
        self,
        identifier: str,
        patch: AssetPatch,
        *,
        by: str,
        draft: str | None = None,
        read: Mapping[str, Any] | None = None,
    ) -> Asset:
        """Change some fields of an asset, if it still is what its author has read.

        `draft` names the form: who sends the same form again after a doubtful answer changes the
        asset once. `read`: by field name, what the author saw, as JSON has it; what has another
        value now is a conflict even in the same version. Raises AssetNotFound, Conflict with what
        it is now, InvalidAsset, StoreUnavailable.
        """
        stored = self._read(identifier)
        entered = laid_over(stored.asset, changes_in(patch))
        return self._edit(stored, entered, patch.version, by=by, draft=draft, read=read)

    def set_fields(
        self, identifier: str, values: Mapping[str, Any], *, version: int, by: str, draft: str
    ) -> Asset:
        """Give fields of an asset other values, if this still is its version.

        `values`: by field name, as JSON has them; the rest of a nested model stays as it is.
        Raises as `edit` does.
        """
        stored = self._read(identifier)
        entered = with_fields(stored.asset, values)
        return self._edit(stored, entered, version, by=by, draft=draft)

    def take_back(self, identifier: str, *, version: int, by: str, draft: str) -> Asset:
        """Undo the change that made this version, if that still is what the asset is.

        Raises as `edit` does.
        """
        stored = self._known(identifier, version) or self._read(identifier)
        last = stored.history[-1] if stored.history else None
        if stored.asset.version != version or last is None or last.version != version:
            if _made_by(draft, stored):
                return stored.asset
            raise Conflict(stored.asset)
        if last.cut:
            message = "This change was too large to be kept: there is no way back."
            raise InvalidAsset([Problem("", message)])
        if moved := _BACK.get(last.what):
            return self._move(stored, moved, by, version, draft)
        former = {name: change.before for name, change in last.fields.items()}
        made = {name: change.after for name, change in last.fields.items()}
        if not holds(stored.asset, made):
            raise Conflict(stored.asset, STRANGER)
        entered = with_fields(stored.asset, former)
        return self._edit(stored, entered, version, by=by, draft=draft)

    def bin(
        self, identifier: str, *, by: str, version: int | None = None, draft: str | None = None
    ) -> Asset:
        """Take an asset out of the basket; it can be restored.

        With `version` only if that is what it still is. `draft` names the change, as for `edit`:
        with it, an asset that somebody else has binned meanwhile is a conflict. Raises
        AssetNotFound, Conflict, StoreUnavailable.
        """
        return self._move(self._read(identifier), "binned", by, version, draft)

    def restore(
        self, identifier: str, *, by: str, version: int | None = None, draft: str | None = None
    ) -> Asset:
        """Put an asset back from the bin. Raises AssetNotFound, Conflict, StoreUnavailable."""
        return self._move(self._read(identifier), "restored", by, version, draft)

    def erase(self, identifier: str, *, version: int | None = None, role: Role) -> Asset:
        """Delete an asset that is in the bin for good, its history as well; returns what it was.

        With `version` only if that is what it still is. Raises NotAllowed, AssetNotFound,
        NotInBin, Conflict, StoreUnavailable.
        """
        check_presenter(role)
        self._catalogue.check_writable()
        generation = self._catalogue.generation
        there = self._read(identifier).asset
        if version not in (None, there.version):
            raise Conflict(there)
        if there.deleted_at is None:
            raise NotInBin(there)
        try:
            self._repository.remove(identifier, there.version)
        except OptimisticLockError as error:
            raise Conflict(error.current.asset if error.current else there) from error
        self._catalogue.dropped(key_of(asset_key(identifier)), generation)
        return there

    def put_back(self, item: Item) -> None:
        """Write an item as it once was, unless there is one with its key.

        Raises StoreUnavailable.
        """
        generation = self._catalogue.generation
        self._repository.put_back(item)
        self._catalogue.took(item, generation)

    def browse(self, query: AssetQuery) -> AssetPage:
        """The assets that match, one part of them, and how all that match split up.

        Who asks for a part behind the last one gets the last one. Raises StoreUnavailable if the
        store has never answered.
        """
        columns = self._catalogue.read()
        total = columns.total(query)
        query = query.within(total)
        return AssetPage(
            items=tuple(asset_on(line) for line in columns.lines(query)),
            total=total,
            everything=columns.everything(binned=query.binned),
            facets=columns.facets(query),
            start=query.start,
            spreads=columns.spreads(query),
        )

    def activity(self, limit: int) -> list[Event]:
        """The last changes to any asset, newest first. Raises StoreUnavailable."""
        stories = [from_item(loads(line)).story for line in self._catalogue.read().latest(limit)]
        events = [Event(story.asset, change) for story in stories for change in story.changes]
        return sorted(events, key=lambda event: event.change.at, reverse=True)[:limit]

    def values_in_use(self) -> Mapping[str, tuple[Count, ...]]:
        """By categorical field, the values that assets have; none while nobody can tell."""
        try:
            return self._catalogue.read().facets(AssetQuery())
        except StoreUnavailable:
            return {}

    def _edit(
        self,
        stored: Stored,
        entered: "AssetInput",
        version: int,
        *,
        by: str,
        draft: str | None,
        read: Mapping[str, Any] | None = None,
    ) -> Asset:
        operation = _operation(draft or str(uuid4()), entered)
        if stored.operation == operation:
            return stored.asset
        if stored.asset.version != version:
            if not _made_by(draft, stored):
                raise Conflict(stored.asset)
        elif read is not None and not holds(stored.asset, read):
            raise Conflict(stored.asset, STRANGER)
        after = self._next(stored.asset, by, **dict(entered))
        after.fit = replace(stored.asset.fit, problems=(), defaults=())
        changed = differences(stored.asset, after)
        if not changed:
            return stored.asset
        change = Change(
            version=after.version, at=after.updated_at, by=by, what="edited", fields=changed
        )
        return self._put(stored.but(after, operation, change), expected=stored.asset.version)

    def _move(
        self, stored: Stored, what: What, by: str, version: int | None, draft: str | None
    ) -> Asset:
        before = stored.asset
        operation = f"{draft or uuid4()}/{what}"
        is_there = (before.deleted_at is not None) == (what == "binned")
        if stored.operation == operation or (is_there and draft is None):
            return before
        if version not in (None, before.version):
            raise Conflict(before)
        if is_there:
            return before
        after = self._next(before, by)
        after.deleted_at = after.updated_at if what == "binned" else None
        change = Change(version=after.version, at=after.updated_at, by=by, what=what)
        return self._put(stored.but(after, operation, change), expected=before.version)

    def _next(self, before: Asset, by: str, **fields: Any) -> Asset:
        system = {"version": before.version + 1, "updated_at": self._clock(), "updated_by": by}
        return before.model_copy(update={**fields, **system})

    def _put(self, stored: Stored, expected: int | None) -> Asset:
        self._catalogue.check_writable()
        generation = self._catalogue.generation
        try:
            written = self._repository.put(stored, expected)
        except OptimisticLockError as error:
            if error.current is None:
                raise AssetNotFound(stored.asset.identifier) from error
            there = error.current.asset
            unsaid = expected == there.version
            raise Conflict(there, STRANGER if unsaid else "") from error
        self._catalogue.took(to_item(written), generation)
        return written.asset

    def _read(self, identifier: str) -> Stored:
        stored = self._repository.get(identifier)
        if stored is None:
            raise AssetNotFound(identifier)
        return stored

    def _known(self, identifier: str, version: int) -> Stored | None:
        """The asset as the read model has it, if in this version: the write finds out whether it
        still is, so it need not be read."""
        columns = self._catalogue.shown
        line = columns.line(identifier) if columns else None
        stored = from_item(loads(line)) if line else None
        return stored if stored and stored.asset.version == version else None

    def _remembered(self, identifier: str) -> Stored | None:
        line = self._catalogue.read().line(identifier)
        return from_item(loads(line)) if line else None


def _made_by(draft: str | None, stored: Stored) -> bool:
    """Whether what is there is an earlier try of the same form, with other content."""
    return draft is not None and stored.operation.startswith(f"{draft}/")


def _operation(draft: str, content: "AssetInput") -> str:
    """The id of one change: the same for the same content of the same draft, whenever sent."""
    fields = content.model_dump_json(include=set(current().input.model_fields), warnings=False)
    return f"{draft}/{hashlib.sha256(fields.encode()).hexdigest()[:16]}"
