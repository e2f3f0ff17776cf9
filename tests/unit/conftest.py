"""What no test without sockets may do."""

import pytest

from app import bootstrap


@pytest.fixture(autouse=True)
def _no_app(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody asks for the services of an app: they would be built, with a Moto and its data."""

    def refuse(_: object) -> None:
        raise AssertionError("a test without sockets has asked for the services of the app")

    monkeypatch.setattr(bootstrap, "build", refuse)
