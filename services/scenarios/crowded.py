"""The scenario *crowded*: thousands of assets from a seed, the same ones each time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from services.store.attributes import Item, dumps
from services.store.table import asset_key

COUNT = 5000
_SEED = 5000
_START = datetime(2026, 1, 5, 9, tzinfo=UTC)
_HOUSES = ("Alder", "Birch", "Cedar", "Hazel", "Juniper", "Larch", "Maple", "Rowan", "Willow")
_REGIONS = ("UK", "Europe", "US", "Japan", "Asia Pacific", "Emerging Markets", "Global", "Nordic")
_KINDS = ("Equity", "Small Companies", "Corporate Bond", "Gilt", "Property", "Infrastructure")
_FORMS = ("Income", "Growth", "Index", "Select", "Sustainable")
_TAGS = {"ISA": 34, "SIPP": 27, "GIA": 18, "Pension": 12, "Cash": 6, "Junior ISA": 3}
_PROFILES = {"HIGH": 55, "MEDIUM": 30, "LOW": 15}
_CURRENCIES = {"GBP": 46, "USD": 27, "EUR": 14, "JPY": 6, "CHF": 4, "SEK": 3}
_PEOPLE = ("Ada", "Grace", "Linus", "Noor", "Tomás")


def crowded(count: int = COUNT) -> Iterator[str]:
    """So many assets, a line of DynamoDB JSON each; fewer are the first ones of more."""
    chance = Random(_SEED)  # noqa: S311 - nothing here is a secret
    for number in range(1, count + 1):
        yield dumps(_item(number, chance))


def _item(number: int, chance: Random) -> Item:
    identifier = str(UUID(int=chance.getrandbits(128), version=4))
    moment = (_START + timedelta(minutes=number)).isoformat()
    who = chance.choice(_PEOPLE)
    words = (_HOUSES, _REGIONS, _KINDS, _FORMS)
    texts = {
        "identifier": identifier,
        "name": f"{' '.join(map(chance.choice, words))} {number:04}",
        "tag": _weighed(_TAGS, chance),
        "liquidityProfile": _weighed(_PROFILES, chance),
        "ccy": _weighed(_CURRENCIES, chance),
        "createdAt": moment,
        "createdBy": who,
        "updatedAt": moment,
        "updatedBy": who,
        "operation": f"scenario/crowded/{identifier}",
    }
    system: Item = {"version": {"N": "1"}, **asset_key(identifier)}
    return {name: {"S": text} for name, text in texts.items()} | system


def _weighed(shares: dict[str, int], chance: Random) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]
