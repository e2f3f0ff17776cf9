"""One Moto of each kind a worker, for tests that do it no lasting harm."""

from collections.abc import Iterator

import pytest

from tests.bench.servers import stock_moto
from tests.integration.stores import Kept, be_impatient, be_patient, supervised


@pytest.fixture(scope="session", autouse=True)
def _patience() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        be_patient(patch)
        yield


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of how long a store is waited for."""
    be_impatient(monkeypatch)


@pytest.fixture(scope="session")
def stock_url() -> Iterator[str]:
    """Where a Moto as shipped answers."""
    with stock_moto() as site:
        yield site.url


@pytest.fixture(scope="session")
def supervised_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with supervised(tmp_path_factory.mktemp("supervised")) as kept:
        yield kept


@pytest.fixture
def kept(supervised_store: Kept) -> Kept:
    """A table of its own in a Moto that may be killed, but neither be stopped nor lose its port."""
    return supervised_store.apart()


@pytest.fixture
def durable_url(supervised_store: Kept) -> str:
    """Where our own Moto answers; each test takes a table of its own."""
    supervised_store.see_to_it()
    return supervised_store.endpoint
