"""Compare and set: of all who write the same version, one wins, whoever asks from wherever."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from services.store.assets.items import MAX_CHANGES, Stored, from_item
from services.store.assets.repository import AssetRepository
from services.store.table import ensure_table
from tests.bench.servers import ROOT
from tests.fakes.assets import asset
from tests.integration.stores import TABLE, gateway
from tests.integration.torture.parts import hasty_moto, raw, scan
from tests.integration.torture.register import ITEMS, SLOT_SECONDS, large


@pytest.mark.torture
@pytest.mark.timeout(1800)
def test_each_version_of_an_asset_has_one_author(
    tmp_path: Path, rng: random.Random, torture: bool
) -> None:
    rounds = 200 if torture else 5
    with hasty_moto(tmp_path / "data") as url:
        store = gateway(url)
        ensure_table(store.write, TABLE)
        for name in ITEMS:
            AssetRepository(store, TABLE).put(large(asset(name), f"add {name}"), expected=None)
        fought = _fight(url, rng, processes=4 if torture else 2, rounds=rounds)
        items = {i.asset.identifier: i for i in map(from_item, scan(raw(url)).values())}

    # What got no answer may have come about.
    open_ = {text for one in fought for text in one["open"]}
    _check_additions([tuple(entry) for one in fought for entry in one["added"]], open_, items)
    for turn in range(3 * rounds):
        assert f"new-{turn}" in items

    edited = [tuple(entry) for one in fought for entry in one["edited"]]
    authors = {(name, version): token for name, token, version in edited}
    assert len(authors) == len(edited)
    latest = {name: items[name].asset.version for name in ITEMS}
    all_ = {(name, version) for name in ITEMS for version in range(2, latest[name] + 1)}
    assert authors.keys() <= all_
    assert len(all_ - authors.keys()) <= len(open_)
    # A history forgets its oldest changes; what it still tells has to be true.
    told = _told(items)
    assert told.keys() == {(n, v) for n, v in all_ if v > latest[n] - MAX_CHANGES}
    for version, token in told.items():
        assert token == authors.get(version) or (version not in authors and token in open_)
    if torture:
        # Otherwise nobody fought; each addition is fought for however slow the machine is.
        assert len(edited) < len(fought) * 4 * rounds


def _check_additions(
    added: list[tuple[str, str]], open_: set[str], items: dict[str, Stored]
) -> None:
    """Of all who added an asset one was told so, and it is as that one has made it."""
    authors = dict(added)
    assert len(authors) == len(added)
    assert all(items[identifier].asset.name == name for identifier, name in added)
    assert items.keys() - authors.keys() <= open_ | set(ITEMS)


def _told(items: dict[str, Stored]) -> dict[tuple[str, int], str]:
    """Who made which version of which asset, by their histories."""
    return {
        (name, change.version): str(change.fields["name"].after)
        for name in ITEMS
        for change in items[name].history
    }


def _fight(url: str, rng: random.Random, *, processes: int, rounds: int) -> list[Any]:
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.integration.torture.contender"),
                *(url, "4", str(rounds), str(rng.randrange(2**32))),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        begin = time.time() + SLOT_SECONDS
        # All are told before the first one is waited for.
        for process in running:
            assert process.stdin is not None
            process.stdin.write(f"{begin}\n")
            process.stdin.flush()
        return [json.loads(process.communicate()[0]) for process in running]
    finally:
        for process in running:
            process.kill()
            process.communicate()
