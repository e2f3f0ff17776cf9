"""Has a store waited for longer than people are made to wait: a busy machine is none that is away.

`python tests/patience.py`: the app of the working folder, served so.
"""

import importlib
import runpy
import sys
from pathlib import Path
from typing import Any

_WAITS = {
    "services.store.gateway": ("QUICK", "WRITE"),
    "services.store.moto_process.supervisor": ("WRITE",),
    "services.store.moto_process.probe": ("_ASKING_SECONDS", "_PATIENCE"),
    "services.store.moto_process.launcher": ("_START_SECONDS",),
    "services.store.read_model.catalogue": ("_PATIENCE_SECONDS",),
    "services.store.read_model.changes": ("_PATIENCE_SECONDS",),
}
"""By module: how long something is waited for, in seconds or as timeouts."""
_AN_APP_SECONDS = 4.0
"""What a test of a store that hangs has to wait for, too."""


def waits(seconds: float) -> dict[tuple[Any, str], object]:
    """By module and name: how long is waited there, but so many seconds at least; 0: as shipped."""
    found: dict[tuple[Any, str], object] = {}
    for path, names in _WAITS.items():
        module = importlib.import_module(path)
        for name in names:
            shipped = getattr(module, name)
            if isinstance(shipped, int | float):
                found[module, name] = max(shipped, seconds)
            else:
                longest = max(shipped.connect, seconds), max(shipped.read, seconds)
                found[module, name] = type(shipped)(*longest)
    return found


def _serve() -> None:
    sys.path[0] = str(Path.cwd())
    for (module, name), longer in waits(_AN_APP_SECONDS).items():
        setattr(module, name, longer)
    runpy.run_path("streamlit_app.py", run_name="__main__")


if __name__ == "__main__":
    _serve()
