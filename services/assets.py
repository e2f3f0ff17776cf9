"""What can be done with assets."""

from collections.abc import Callable, Mapping
from datetime import datetime

from services.errors import AssetNotFound, Conflict, StoreUnavailable
from services.model.asset import AssetInput
from services.model.query import AssetPage, AssetQuery, Count
from services.model.record import Asset, new_identifier, now
from services.store.catalogue import Catalogue
from services.store.items import Stored, from_item, loads
from services.store.repository import AssetRepository, Stale


class AssetService:
    """The basket of assets: adding, finding, reading."""

    def __init__(
        self,
        repository: AssetRepository,
        catalogue: Catalogue,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._repository = repository
        self._catalogue = catalogue
        self._clock = clock

    def add(
        self,
        entered: AssetInput,
        *,
        by: str,
        identifier: str | None = None,
    ) -> Asset:
        """Put a new asset into the basket; repeating it with the same identifier adds no second.

        Raises Conflict if the identifier belongs to another asset, StoreUnavailable, InvalidAsset.
        """
        moment = self._clock()
        asset = Asset(
            **dict(entered),
            identifier=identifier or new_identifier(),
            created_at=moment,
            created_by=by,
            updated_at=moment,
            updated_by=by,
        )
        stored = Stored(asset, operation=f"add {asset.identifier}")
        try:
            return self._repository.put(stored, expected=None).asset
        except Stale as error:
            if error.current is None:
                raise StoreUnavailable from error
            raise Conflict(error.current.asset) from error

    def get(self, identifier: str) -> Asset:
        """The asset with this identifier; as it last was, if the store does not answer.

        Raises AssetNotFound and StoreUnavailable.
        """
        try:
            stored = self._repository.get(identifier)
        except StoreUnavailable:
            stored = self._remembered(identifier)
        if stored is None:
            raise AssetNotFound(identifier)
        return stored.asset

    def browse(self, query: AssetQuery) -> AssetPage:
        """The assets that match, one part of them, and how all that match split up.

        Raises StoreUnavailable if the store has never answered.
        """
        columns = self._catalogue.read()
        return AssetPage(
            items=tuple(from_item(loads(line)).asset for line in columns.lines(query)),
            total=columns.total(query),
            everything=columns.everything(binned=query.binned),
            facets=columns.facets(query),
            start=query.start,
        )

    def values_in_use(self) -> Mapping[str, tuple[Count, ...]]:
        """By categorical field, the values that assets have; none while nobody can tell."""
        try:
            return self._catalogue.read().facets(AssetQuery())
        except StoreUnavailable:
            return {}

    def _remembered(self, identifier: str) -> Stored | None:
        line = self._catalogue.read().line(identifier)
        return from_item(loads(line)) if line else None
