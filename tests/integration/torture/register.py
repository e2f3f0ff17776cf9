"""The items that contenders fight for."""

from services.model.record import Asset
from services.store.assets.items import Stored

ITEMS = ("hot-0", "hot-1", "hot-2")
SLOT_SECONDS = 0.1
"""How far apart additions begin: longer than one takes, or contenders drift apart."""


def large(asset: Asset, operation: str) -> Stored:
    """An asset of 60 KB: the more there is to store, the longer a race stays open."""
    return Stored(asset, operation, extra={"blob": {"S": "x" * 60_000}})
