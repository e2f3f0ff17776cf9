"""An app to take pictures of: in its own folder, with a scenario in it, and its clock stopped."""

import contextlib
import http.client
import importlib
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from app.settings import ROOT, passed_on
from services.errors import BasketError
from services.model.record import stand_still
from services.store.moto_process.probe import free_port


# Proxies of the machine must not see requests to loopback.
class _Connection(http.client.HTTPConnection):
    """A connection that sends no `Connection` header, as through a proxy."""

    def putheader(self, header: str | bytes, *values: Any) -> None:
        if header not in ("Connection", b"Connection"):
            super().putheader(header, *values)


class _Handler(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Connection, req)


DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Handler)
_START_SECONDS = 60
_STOP_SECONDS = 10


class StageFailed(BasketError):  # noqa: N818 - says what has happened
    """The app that was to be pictured did not start."""


@dataclass(frozen=True)
class Stage:
    """Where the app is that pictures are taken of."""

    scenario: str
    url: str
    data: Path
    """Its data folder."""

    def asset(self, called: str = "") -> str:
        """The identifier of the asset called so, or of the first one; empty if there is none."""
        asked = urlencode({"search": called, "sort": "name", "limit": 1000 if called else 1})
        with DIRECT.open(f"{self.url}/asset/?{asked}", timeout=20) as answer:
            found = json.load(answer)["items"]
        matching = [item for item in found if not called or called in item.values()]
        return str(matching[0]["identifier"]) if matching else ""

    def endpoint(self) -> str:
        """Where its store is."""
        with DIRECT.open(f"{self.url}/healthz", timeout=20) as answer:
            return str(json.load(answer)["endpoint"])


@contextlib.contextmanager
def stage(scenario: str, moment: datetime) -> Iterator[Stage]:
    """A fresh app with a scenario in it until the block ends. Raises StageFailed."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="basket-shoot-") as name:
        folder = Path(name)
        command = [sys.executable, "-m", "app.demo.stage", scenario, moment.isoformat()]
        environment = passed_on(**_settings(port, folder))
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own module
                command,
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait(process, port, folder / "log")
            yield Stage(scenario, f"http://127.0.0.1:{port}", folder / "data")
        finally:
            _end(process)


def _settings(port: int, folder: Path) -> dict[str, str]:
    """Of an app that has nothing in common with the one that people use."""
    return {
        "BASKET_HOST": "127.0.0.1",
        "BASKET_PORT": str(port),
        "BASKET_PUBLIC_URL": "",
        "BASKET_TRUSTED_PROXY": "",
        "BASKET_TARGET": "moto",
        "BASKET_DYNAMODB_ENDPOINT": f"http://127.0.0.1:{free_port()}",
        "BASKET_DATA_DIR": str(folder / "data"),
        # What was pictured before is not to be seen in what is pictured now.
        "BASKET_PICTURES": str(folder / "pictures"),
        "BASKET_BASELINE": str(folder / "baseline"),
    }


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            said = log.read_text(errors="replace").strip().splitlines()[-5:]
            raise StageFailed("The app to take pictures of does not start. " + " ".join(said))
        time.sleep(0.05)


def _answers(port: int) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asked.request("GET", "/healthz")
        return asked.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main(arguments: Sequence[str]) -> None:
    """Serve it: the scenario, and the moment at which the clock stands."""
    scenario, moment = arguments
    stand_still(datetime.fromisoformat(moment))
    # With the clock stopped before anything of the app looks at it.
    served = importlib.import_module("streamlit_app")
    served.application.services().scenarios.load(scenario, by="Ada", role="presenter")
    served.serve(served.app, served.application)


if __name__ == "__main__":
    main(sys.argv[1:])
