"""What every test layer shares: how long torture tests run, and where their chance comes from."""

import random
from pathlib import Path

import pytest
from hypothesis import settings

_HERE = Path(__file__).parent

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


@pytest.fixture
def torture(request: pytest.FixtureRequest) -> bool:
    """Whether the long version of the test was asked for."""
    return bool(request.config.getoption("--torture"))


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """A source of chance; the seed at the head of the report repeats a run."""
    return random.Random(request.config.getoption("randomly_seed"))


_LAYERS = ("unit", "integration", "pages", "browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Quick layers first; Playwright last, whose event loop stays in the thread that tests share.

    What only has a long version is left to `--torture`.
    """
    items.sort(key=lambda item: _LAYERS.index(item.path.relative_to(_HERE).parts[0]))
    if not config.getoption("--torture"):
        long = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
