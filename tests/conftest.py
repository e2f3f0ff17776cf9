"""What every test layer shares: how long torture tests run, chance, and that nothing is left."""

import os
import random
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.leftovers import Run, peak_memory

_HERE = Path(__file__).parent
_RUN = pytest.StashKey[Run]()
_PEAKS = pytest.StashKey[list[int]]()
_MOST_MEMORY_MB = 1000

# How long an example takes says nothing on a machine that is busy with other things. The quick
# suite tries the same examples each time, the long one others each time.
settings.register_profile("quick", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=500)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--torture", action="store_true", help="run the long versions of the tests")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--torture") else "quick")
    config.addinivalue_line("markers", "torture: has a long version, run by `make torture`")
    config.addinivalue_line("markers", "long: has no other version, run by `make torture`")
    config.addinivalue_line(
        "markers", "needs_patch(reason): left out by `make test PATCHES=off`, for this reason"
    )
    if not hasattr(config, "workerinput"):
        config.stash[_RUN] = Run()
        config.stash[_PEAKS] = []


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a process that has run tests beside others how much memory it needed."""
    if "peak" in getattr(node, "workeroutput", {}):
        node.config.stash[_PEAKS].append(node.workeroutput["peak"])


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Fail a run that leaves processes or files behind, or that needed too much memory."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["peak"] = peak_memory()
        return (yield)
    yield
    problems = session.config.stash[_RUN].left()
    peak = max([peak_memory(), *session.config.stash[_PEAKS]])
    if peak > _MOST_MEMORY_MB:
        problems.append(f"memory: {peak} MB, more than {_MOST_MEMORY_MB} MB")
    report = session.config.pluginmanager.get_plugin("terminalreporter")
    if report:
        report.write_line(f"Most memory of a process that ran tests: {peak} MB")
        for problem in problems:
            report.write_line(f"LEFT BEHIND {problem}", red=True)
    if problems:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    elif session.exitstatus == pytest.ExitCode.OK:
        session.config.stash[_RUN].remove()


@pytest.fixture
def torture(request: pytest.FixtureRequest) -> bool:
    """Whether the long version of the test was asked for."""
    return bool(request.config.getoption("--torture"))


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """A source of chance; the seed at the head of the report repeats a run."""
    return random.Random(request.config.getoption("randomly_seed", 0))


_LAYERS = ("unit", "integration", "pages", "browser")
_LONGEST = ("test_tour.py", "test_shoot.py", "test_hostile_everywhere.py", "test_away.py")
"""Begun first of the last layer: whoever begins the longest at the end is waited for by all."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Quick layers first; Playwright last, whose event loop stays in the thread that tests share.

    What only has a long version is left to `--torture`, and what Streamlit does only with a patch
    is not asked of it without patches.
    """
    items.sort(key=lambda item: _LAYERS.index(item.path.relative_to(_HERE).parts[0]))
    items.sort(key=lambda item: "browser" in item.path.parts and item.path.name not in _LONGEST)
    without = {
        "long": not config.getoption("--torture"),
        "needs_patch": os.environ.get("BASKET_STREAMLIT_PATCHES") == "off",
    }
    left_out = [
        item
        for item in items
        if any(item.get_closest_marker(mark) for mark, is_so in without.items() if is_so)
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
