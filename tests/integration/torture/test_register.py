"""Compare and set: of all who write the same version, one wins, whoever asks from wherever."""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from services.store.items import MAX_CHANGES, Stored, from_item
from services.store.repository import AssetRepository
from services.store.table import ensure_table
from tests.bench.servers import ROOT
from tests.fakes.assets import asset
from tests.integration.stores import TABLE, gateway
from tests.integration.torture.parts import hasty_moto, raw, scan
from tests.integration.torture.register import ITEMS, SLOT_SECONDS, large

_BOOT_SECONDS = 2.0


@pytest.mark.torture
def test_each_version_of_an_asset_has_one_author(
    tmp_path: Path, rng: random.Random, torture: bool
) -> None:
    rounds = 200 if torture else 12
    with hasty_moto(tmp_path / "data") as url:
        store = gateway(url)
        ensure_table(store.write, TABLE)
        for name in ITEMS:
            AssetRepository(store, TABLE).put(large(asset(name), f"add {name}"), expected=None)
        fought = _fight(url, rng, processes=4 if torture else 2, rounds=rounds)
        items = {i.asset.identifier: i for i in map(from_item, scan(raw(url)).values())}

    assert Counter(name for one in fought for name in one["added"]) == {
        f"new-{turn}": 1 for turn in range(3 * rounds)
    }
    edited = [tuple(entry) for one in fought for entry in one["edited"]]
    assert [text for one in fought for text in one["unanswered"]] == []
    authors = {(name, version): token for name, token, version in edited}
    assert len(authors) == len(edited)
    latest = {name: items[name].asset.version for name in ITEMS}
    assert authors.keys() == {(name, v) for name in ITEMS for v in range(2, latest[name] + 1)}
    # A history forgets its oldest changes; what it still tells has to be true.
    assert _told(items) == {
        (name, version): token
        for (name, version), token in authors.items()
        if version > latest[name] - MAX_CHANGES
    }
    # Otherwise nobody fought.
    assert len(edited) < len(fought) * 4 * rounds


def _told(items: dict[str, Stored]) -> dict[tuple[str, int], str]:
    """Who made which version of which asset, by their histories."""
    return {
        (name, change.version): str(change.fields["name"].after)
        for name in ITEMS
        for change in items[name].history
    }


def _fight(url: str, rng: random.Random, *, processes: int, rounds: int) -> list[Any]:
    begin = time.time() + _BOOT_SECONDS
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.integration.torture.contender"),
                *(url, str(begin), "4", str(rounds), str(rng.randrange(2**32))),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for _ in range(processes)
    ]
    patience = _BOOT_SECONDS + 20 + rounds * SLOT_SECONDS * 30
    try:
        return [json.loads(process.communicate(timeout=patience)[0]) for process in running]
    finally:
        for process in running:
            process.kill()
