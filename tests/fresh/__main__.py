"""`make fresh`: a clean Debian in a folder, and in it what README says, each step with its time.

All of it happens in namespaces of its own: whatever becomes of this process, nothing that it
mounted or started is left. Only the network is the machine's.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fresh.inside import PROJECT, try_it
from tests.fresh.steps import quietly, step

NEEDED = ("git", "unshare", "setpriv", "chroot", "mount")


def main() -> None:
    """Keep a folder for the Debian, and a namespace that ends with this process."""
    chosen = _arguments()
    if chosen.inside:
        sys.exit(try_it(chosen.inside, chosen.tests))
    _check()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit("fresh: ended"))
    root = Path(tempfile.mkdtemp(prefix="basket-fresh-"))
    try:
        sys.exit(_apart(root, chosen.tests))
    finally:
        if chosen.keep:
            print(f"fresh: kept in {root}")
        else:
            _remove(root)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fresh", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="do not remove the folder at the end")
    parser.add_argument("--tests", default="", help="only these tests: the ARGS of `make test`")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _check() -> None:
    if os.geteuid() != 0:
        sys.exit("Only root can make a Debian in a folder: sudo make fresh")
    if missing := [program for program in NEEDED if not shutil.which(program)]:
        sys.exit(f"This machine lacks: {', '.join(missing)}")
    if not shutil.which("debootstrap"):
        with step("apt-get install debootstrap"):
            quietly(["apt-get", "install", "-y", "-qq", "debootstrap"])


def _apart(root: Path, tests: str) -> int:
    """Do it where every process ends with the first, that one with `unshare`, that one with us."""
    ours = [sys.executable, "-m", "tests.fresh", "--inside", str(root), f"--tests={tests}"]
    # As on a machine, the first process takes in those whose parents have ended: a shell does.
    first = ["sh", "-c", '"$@"; exit $?', "sh"]
    unshare = ["unshare", "--mount", "--pid", "--mount-proc", "--fork", "--kill-child"]
    with subprocess.Popen(
        ["setpriv", "--pdeathsig", "KILL", *unshare, *first, *ours],
        cwd=PROJECT,
        start_new_session=True,
    ) as namespace:
        try:
            return namespace.wait()
        finally:
            namespace.kill()


def _remove(root: Path) -> None:
    if str(root) in Path("/proc/self/mountinfo").read_text():
        sys.exit(f"fresh: something is mounted in {root}, which is therefore not removed")
    quietly(["rm", "-rf", "--one-file-system", str(root)])


if __name__ == "__main__":
    main()
