"""Assets to test with."""

from datetime import UTC, datetime
from typing import Any

from services.model.asset import AssetInput, Liquidity
from services.model.current import current
from services.model.record import Asset
from services.store.assets.items import Stored

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def entered(**other: Any) -> AssetInput:
    """What a person entered, complete and valid unless said otherwise."""
    usual = {"name": "S&P500", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"}
    return AssetInput.model_validate(usual | other)


def asset(identifier: str = "one", **other: Any) -> Asset:
    """An asset as it is stored."""
    usual: dict[str, Any] = {
        "identifier": identifier,
        "name": "S&P500",
        "tag": "ISA",
        "liquidity_profile": Liquidity.HIGH,
        "ccy": "GBP",
        "created_at": NOON,
        "created_by": "Ada",
        "updated_at": NOON,
        "updated_by": "Ada",
    }
    return current().asset.model_validate(usual | other)


def stored(identifier: str = "one", operation: str = "add", **other: Any) -> Stored:
    """An asset with what the store keeps beside it."""
    return Stored(asset(identifier, **other), operation)
