"""Copies of one's own: one a person, no more than there is room for, and none left behind."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from services.errors import CopiesRefused, StoreUnavailable
from services.sandbox.sandbox import SandboxFolder
from services.sandbox.service import SandboxService, Wanted
from tests.fakes.assets import NOON

PORTFOLIO = Wanted("portfolio", NOON)


class Looked:
    """What somebody looks at."""

    def __init__(self, scenario: str) -> None:
        self.scenario = scenario
        self.closed = False

    def close(self) -> None:
        self.closed = True


class Tables:
    """A store that makes a table for each copy."""

    def __init__(self) -> None:
        self.there: dict[str, str] = {}
        self.away = False
        self.made = 0

    def make(self, room: SandboxFolder, scenario: str) -> Looked:
        self.there[room.name] = scenario
        self.made += 1
        if self.away:
            raise StoreUnavailable
        return Looked(scenario)

    def remove(self, name: str) -> None:
        if self.away:
            raise StoreUnavailable
        self.there.pop(name, None)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def tables() -> Tables:
    return Tables()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def copies(tmp_path: Path, tables: Tables, clock: Clock) -> SandboxService[Looked]:
    return SandboxService(tmp_path, tables, most=3, idle=100, clock=clock)


def test_each_person_has_one_copy_until_it_is_wanted_no_more(
    copies: SandboxService[Looked], tables: Tables
) -> None:
    assert copies.see_to("ada", PORTFOLIO)
    assert not copies.see_to("ada", PORTFOLIO)
    copies.see_to("bob", PORTFOLIO)
    ada, bob = copies.of("ada"), copies.of("bob")

    assert ada
    assert bob
    assert ada is not bob
    assert copies.of("eve") is None
    assert not copies.see_to("ada", None)
    assert (copies.of("ada"), ada.closed, bob.closed) == (None, True, False)
    assert len(tables.there) == 1


def test_who_begins_anew_or_something_else_gets_another_copy(
    copies: SandboxService[Looked], tables: Tables
) -> None:
    copies.see_to("ada", PORTFOLIO)
    first = copies.of("ada")
    assert copies.see_to("ada", Wanted("portfolio", NOON.replace(hour=13)))
    second = copies.of("ada")
    assert copies.see_to("ada", Wanted("empty", NOON))

    assert first is not second
    assert list(tables.there.values()) == ["empty"]


def test_two_tabs_of_a_person_get_the_same_copy(
    copies: SandboxService[Looked], tables: Tables
) -> None:
    together = Barrier(8)

    def come(_: int) -> Looked | None:
        together.wait()
        copies.see_to("ada", PORTFOLIO)
        return copies.of("ada")

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(come, range(8)))

    assert len(found) == 1
    assert tables.made == 1


def test_of_too_many_the_last_is_refused_until_one_has_left(copies: SandboxService[Looked]) -> None:
    for person in ("ada", "bob", "eve"):
        copies.see_to(person, PORTFOLIO)
    with pytest.raises(CopiesRefused, match="3 people have a copy of their own already"):
        copies.see_to("kim", PORTFOLIO)
    copies.end("bob")

    assert copies.see_to("kim", PORTFOLIO)


def test_what_nobody_looks_at_for_long_is_removed(
    copies: SandboxService[Looked], tables: Tables, clock: Clock
) -> None:
    copies.see_to("ada", PORTFOLIO)
    copies.see_to("bob", PORTFOLIO)
    clock.now = 90
    copies.of("bob")
    clock.now = 110

    assert copies.sweep() == ["ada"]
    assert copies.of("bob")
    assert len(tables.there) == 1


def test_a_copy_that_cannot_be_made_leaves_nothing_and_takes_no_room(
    copies: SandboxService[Looked], tables: Tables, tmp_path: Path
) -> None:
    tables.away = True
    for person in ("ada", "bob", "eve", "kim"):
        with pytest.raises(StoreUnavailable):
            copies.see_to(person, PORTFOLIO)
    # What could not be removed is found by its folder.
    assert len(list(tmp_path.iterdir())) == len(tables.there) == 4
    tables.away = False

    assert copies.see_to("ada", PORTFOLIO)
    copies.close()
    SandboxService(tmp_path, tables).clear_away()
    assert not tables.there
    assert not list(tmp_path.iterdir())


def test_a_start_removes_what_others_left_behind_and_not_what_others_use(
    copies: SandboxService[Looked], tables: Tables, tmp_path: Path
) -> None:
    copies.see_to("ada", PORTFOLIO)
    (tmp_path / "of-one-that-died").mkdir()
    tables.there["of-one-that-died"] = "portfolio"

    SandboxService(tmp_path, tables).clear_away()

    assert copies.of("ada")
    assert "of-one-that-died" not in tables.there
    assert len(tables.there) == len(list(tmp_path.iterdir())) == 1


def test_an_app_that_closes_removes_all_and_makes_no_more(
    copies: SandboxService[Looked], tables: Tables, tmp_path: Path
) -> None:
    copies.see_to("ada", PORTFOLIO)
    copies.close()

    assert not tables.there
    assert not list(tmp_path.iterdir())
    with pytest.raises(StoreUnavailable, match="closing"):
        copies.see_to("ada", PORTFOLIO)


def test_on_aws_there_is_none_and_it_is_said_why(tmp_path: Path) -> None:
    none: SandboxService[Looked] = SandboxService(tmp_path, None)

    with pytest.raises(CopiesRefused, match="on AWS there are none"):
        none.see_to("ada", PORTFOLIO)
