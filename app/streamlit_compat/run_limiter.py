"""Runs of pages one after the other: together they only take longer.

Python runs one thread at a time, and Streamlit lets go of its turn with every piece of a page
that is sent. So fifty runs that begin together hold up each other, and the loop that sends what
they have drawn: measured with Streamlit 1.67, the middle one of fifty clicks at once took 1.88 s,
and 0.67 s in turns; ten people who click without a pause got 33 runs a second, and 47.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.streamlit_compat.names import Patch, PrivateName

if TYPE_CHECKING:
    from streamlit.runtime.scriptrunner import RerunData
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

_PATIENCE_SECONDS = 0.5
_RUNNER = "streamlit.runtime.scriptrunner.script_runner:ScriptRunner"
RUN_SCRIPT = PrivateName(
    f"{_RUNNER}._run_script", "self, rerun_data", used_by=f"{_RUNNER}._run_script_thread"
)


class RunLimiter:
    """Lets one in at a time, first come, first served; who has waited for long goes in anyway.

    So one that waits for a store which does not answer holds up nobody much.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._turn = threading.Semaphore()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have the turn inside the block."""
        mine = self._turn.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if mine:
                self._turn.release()


def take_turns() -> None:
    """Have pages run in turns.

    Without it, clicks that come together hold each other up: see above.
    """
    turns, run = RunLimiter(_PATIENCE_SECONDS), RUN_SCRIPT.get()

    def run_in_turn(runner: "ScriptRunner", rerun_data: "RerunData") -> None:
        with turns.taken():
            run(runner, rerun_data)

    RUN_SCRIPT.replace(run_in_turn)


PATCH = Patch("run semaphore", "runs pages in turns", (RUN_SCRIPT,), take_turns)
