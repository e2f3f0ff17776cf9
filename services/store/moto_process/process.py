"""A Moto server as a process of its own, which outlives a crash of the app."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from services.store.moto_process.folder import DataFolder

ROOT = Path(__file__).resolve().parents[3]
_GRACE_SECONDS = 1.5

Fate = Literal["runs", "turned away", "port taken", "killed", "failed"]
_FATES: dict[int | None, Fate] = {
    None: "runs",
    os.EX_TEMPFAIL: "turned away",
    os.EX_UNAVAILABLE: "port taken",
}


class MotoProcess:
    """A Moto server that was started here."""

    def __init__(self, endpoint: str, folder: DataFolder) -> None:
        parts = urlsplit(endpoint)
        with folder.log.open("ab") as log:
            # A process group of its own: Ctrl-C in the terminal is the app's to handle.
            # An environment of its own: nothing that configures AWS or Moto reaches it.
            self._popen = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
                [
                    sys.executable,
                    *("-m", "services.moto_server"),
                    *("-H", parts.hostname or "127.0.0.1"),
                    *("-p", str(parts.port)),
                    *("--data-dir", str(folder.path.resolve())),
                ],
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._popen.pid

    @property
    def fate(self) -> Fate:
        """What has become of it; it is turned away where another process serves its folder."""
        code = self._popen.poll()
        if code is not None and code < 0:
            return "killed"
        return _FATES.get(code, "failed")

    def end(self) -> None:
        """Let it finish what it is doing, but not for long."""
        self._popen.terminate()
        try:
            self._popen.wait(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
