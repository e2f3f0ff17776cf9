"""Two people start the app on one folder at the same moment: one Moto, one basket."""

import random
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest

from tests.bench.processes import free_port
from tests.bench.servers import durable_moto
from tests.fakes.assets import entered
from tests.integration.stores import eventually, motos
from tests.integration.torture.parts import App, app, call, raw, scan


def _add(site: App, name: str) -> str:
    body = entered(name=name).model_dump(mode="json", by_alias=True)
    status, answer = call(f"{site.url}/asset/", "POST", body)
    assert status == 201, answer
    return str(answer["identifier"])


def _names(site: App) -> set[str]:
    status, page = call(f"{site.url}/asset/?limit=1000")
    assert status == 200, page
    return {item["name"] for item in page["items"]}


def _starter_last(apps: list[App], moto: int) -> list[App]:
    """By whose child the Moto is."""
    starter = psutil.Process(moto).ppid()
    return sorted(apps, key=lambda site: site.process.pid == starter)


@pytest.mark.torture
# Quick: the starter leaves last in test_supervisor.py.
@pytest.mark.parametrize("starter_leaves", ["first", pytest.param("last", marks=pytest.mark.long)])
def test_two_apps_on_one_folder_share_one_moto_until_the_last_has_left(
    starter_leaves: str, tmp_path: Path, rng: random.Random, torture: bool
) -> None:
    for turn in range(8 if torture else 1):
        data, port = tmp_path / f"data-{turn}", free_port()
        with app(data, port) as one:
            # At the same moment, and a little apart.
            time.sleep(rng.uniform(0, 0.5) if turn else 0)
            with app(data, port) as two:
                one.wait()
                two.wait()
                [moto] = motos(data)
                leaving = _starter_last([one, two], moto)
                _live_together(data, *leaving[:: -1 if starter_leaves == "first" else 1])


def _live_together(data: Path, first: App, second: App) -> None:
    [moto] = motos(data)
    _add(first, "from the first")
    _add(second, "from the second")
    both = {"from the first", "from the second"}
    # Whoever has just looked looks again only 20 ms later.
    assert eventually(lambda: _names(first) == _names(second) == both)

    first.stop()
    assert motos(data) == [moto]
    _add(second, "left alone")
    assert _names(second) == {"from the first", "from the second", "left alone"}

    second.stop()
    assert eventually(lambda: motos(data) == [])
    with durable_moto(data) as again:
        assert len(scan(raw(again.url))) == 3
