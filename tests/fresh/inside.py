"""In the namespace: the Debian is made, and somebody without rights does what README says."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from tests.fresh import registries
from tests.fresh.steps import fail, quietly, step

PROJECT = Path(__file__).resolve().parents[2]
PACKAGES = "python3,python3-venv,python3-pip,make,ca-certificates"
PERSON = "visitor"
HOME = f"/home/{PERSON}"
FOLDER = f"{HOME}/asset-basket"
START_SECONDS = 1800
"""From `make demo` until the app answers: all packages are downloaded in between."""
END_SECONDS = 20


def try_it(root: Path, tests: str) -> int:
    """The exit code of `make test` in a new Debian; ends earlier if something else fails."""
    with step("a clean Debian"):
        _debian(root)
        registries.carry_over(root, root / HOME.lstrip("/"))
        _lay_out_project(root)
    with step("sh tests/browser/install.sh, as root"):
        quietly(_in_there(root, "root", "sh tests/browser/install.sh"), _environment("/root"))
    _demo(root)
    command = f"make test ARGS='{tests}'" if tests else "make test"
    with step(command):
        return subprocess.run(
            _in_there(root, PERSON, command), check=False, env=_environment(HOME)
        ).returncode


def _debian(root: Path) -> None:
    """This machine's release, as small as it comes, with a user who has a home."""
    release, mirror = registries.release_and_mirror()
    small = ["--variant=minbase", f"--include={PACKAGES}"]
    quietly(["debootstrap", *small, release, str(root), mirror])
    root.chmod(0o755)
    for options, there in (
        (["-t", "proc", "proc"], "proc"),
        (["--rbind", "/sys"], "sys"),
        (["--rbind", "/dev"], "dev"),
        (["-t", "tmpfs", "-o", "mode=1777", "tmpfs"], "dev/shm"),
    ):
        subprocess.run(["mount", *options, root / there], check=True)
    quietly(["chroot", str(root), "useradd", "--create-home", PERSON])


def _lay_out_project(root: Path) -> None:
    """The last commit, as the person's own."""
    folder = root / FOLDER.lstrip("/")
    folder.mkdir()
    tree = subprocess.run(["git", "archive", "HEAD"], cwd=PROJECT, check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", folder], input=tree.stdout, check=True)
    quietly(["chroot", str(root), "chown", "-R", f"{PERSON}:", HOME])


def _in_there(root: Path, person: str, command: str) -> list[str]:
    ran = f"cd {FOLDER} && exec {command}"
    return [shutil.which("chroot") or "", f"--userspec={person}:", str(root), "sh", "-c", ran]


def _environment(home: str) -> dict[str, str]:
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return {"HOME": home, "PATH": path, **registries.environment()}


def _demo(root: Path) -> None:
    """`make demo` until the app answers, and Ctrl-C; it must leave nothing behind."""
    environment, log = _environment(HOME), root / "tmp/demo.log"
    port = 8000
    if not _is_free(port):
        environment["BASKET_PORT"] = str(port := _free_port())
    if not _is_free(3000):
        environment["BASKET_DYNAMODB_ENDPOINT"] = f"http://127.0.0.1:{_free_port()}"
    with log.open("wb") as output:
        demo = subprocess.Popen(
            _in_there(root, PERSON, "make demo"),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    with step(f"make demo, until http://127.0.0.1:{port}/healthz says ok"):
        deadline = time.monotonic() + START_SECONDS
        while not _is_well(port):
            if demo.poll() is not None or time.monotonic() > deadline:
                fail("make demo", log.read_bytes())
            time.sleep(0.2)
    print(log.read_text(), flush=True)
    with step("Ctrl-C"):
        os.killpg(demo.pid, signal.SIGINT)
        deadline = time.monotonic() + END_SECONDS
        while demo.poll() is None or _processes(root):
            if time.monotonic() > deadline:
                fail(f"Ctrl-C left {_processes(root)}", log.read_bytes())
            time.sleep(0.1)
    # make ends by the signal, or says that it was one.
    if demo.returncode not in (0, 2, -signal.SIGINT) or b"Traceback" in log.read_bytes():
        fail(f"Ctrl-C ended make demo with {demo.returncode}", log.read_bytes())


def _is_well(port: int) -> bool:
    """Whether the app answers that all is well; the machine's proxies are not asked."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(json.load(answer)["status"] == "ok")
    except (OSError, ValueError):
        return False


def _processes(root: Path) -> list[str]:
    """What the person's processes in this namespace are called."""
    owner = (root / HOME.lstrip("/")).stat().st_uid
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if process.stat().st_uid == owner:
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) != 0


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
