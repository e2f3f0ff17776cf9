"""Has pictures compared in a process of its own, so that no page of the app waits for it."""

import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

from app.settings import ROOT


def compare_apart(before: Path, after: Path) -> Generator[dict[str, Any], None, None]:
    """Compare two folders of pictures in a process of its own; yields each result as it comes.

    The process ends with the generator.
    """
    command = [sys.executable, "-m", "app.features.review.telling", str(before), str(after)]
    with subprocess.Popen(  # noqa: S603 - our own module
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            for line in process.stdout or ():
                yield json.loads(line)
        finally:
            process.terminate()
