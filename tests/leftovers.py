"""What a test run leaves behind: processes, and files outside pytest's own folders."""

import os
import resource
import shutil
import tempfile
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types

GRACE_SECONDS = 10.0


class Run:
    """A test run with a folder for temporary files of its own.

    Everything that it starts inherits the folder's name, in its environment or its arguments:
    by that it is found when the run is over.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="basket-tests-"))
        os.environ["TMPDIR"] = str(self.folder)
        # What `tempfile` has found out before.
        tempfile.tempdir = None

    def left(self, grace: float = GRACE_SECONDS) -> list[str]:
        """A line for each process and each file that is still there; processes are ended.

        `grace`: seconds that processes have to end by themselves.
        """
        _, alive = psutil.wait_procs(self._processes(), timeout=grace)
        lines = [f"process {one.pid}: {' '.join(_command(one))}" for one in alive]
        for one in alive:
            one.kill()
        psutil.wait_procs(alive, timeout=GRACE_SECONDS)
        files = (one for one in self.folder.iterdir() if not one.name.startswith("pytest-of-"))
        return lines + [f"file {one}" for one in files]

    def remove(self) -> None:
        """Delete the folder; pytest's own, in which failures can be looked into, is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _processes(self) -> list[psutil.Process]:
        others = (one for one in psutil.process_iter() if one.pid != os.getpid())
        return [one for one in others if self._is_ours(one)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            named = process.environ().get("TMPDIR") == str(self.folder)
            return named or any(str(self.folder) in part for part in process.cmdline())
        except psutil.Error:
            # Gone meanwhile, or somebody else's.
            return False


def _command(process: psutil.Process) -> list[str]:
    try:
        command: list[str] = process.cmdline()
    except psutil.Error:
        command = ["(gone)"]
    return command


def peak_memory() -> int:
    """The most memory that this process has had, in MB (Linux counts it in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
