"""One Moto process a module, where a test does not need to harm it."""

from collections.abc import Iterator

import pytest

from tests.bench.servers import durable_moto, stock_moto


@pytest.fixture(scope="module")
def durable_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where our own Moto answers; each test takes a table of its own."""
    with durable_moto(tmp_path_factory.mktemp("moto")) as site:
        yield site.url


@pytest.fixture(scope="module")
def stock_url() -> Iterator[str]:
    """Where a Moto as shipped answers."""
    with stock_moto() as site:
        yield site.url
