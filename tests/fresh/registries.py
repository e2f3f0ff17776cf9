"""Where this machine gets packages from, carried over as it is at the time, named nowhere here."""

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

_PASSED_ON = re.compile(
    r"PIP_.*|(?i:npm_config_.*)|(?i:https?|no|all)_(?i:proxy)|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL)_CA_BUNDLE"
)
_PACKAGES = ("etc/pip.conf", "etc/xdg/pip", "etc/npmrc")
_PACKAGES_OF_A_PERSON = (".config/pip", ".pip", ".npmrc")
_NETWORK = ("etc/resolv.conf", "etc/hosts", "etc/ssl/certs/ca-certificates.crt")
_SOURCE = "deb $(REPO_URI) $(RELEASE) $(COMPONENT)"


def environment() -> dict[str, str]:
    """The variables that say where packages come from, and whose certificates are trusted."""
    return {name: value for name, value in os.environ.items() if _PASSED_ON.fullmatch(name)}


def release_and_mirror() -> tuple[str, str]:
    """The Debian that this machine is, and where it gets it from."""
    release = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    for line in _sources():
        _, mirror, named, _ = line.split()
        if named == release:
            return release, mirror
    sys.exit("apt knows of no Debian like this one here: `make fresh` runs on Debian, as root.")


def carry_over(root: Path, home: Path) -> None:
    """Let apt, pip and npm in there ask whom they ask here; mounts go with the namespace."""
    (root / "etc/apt/sources.list").write_text("\n".join(_sources()) + "\n")
    (root / "etc/apt/apt.conf.d/99host").write_text(_told("apt-config", "dump", "Acquire"))
    for name in (*_NETWORK, *_PACKAGES):
        _copy(Path("/", name), root / name)
    for name in _PACKAGES_OF_A_PERSON:
        _copy(Path.home() / name, home / name)
    said = _told(sys.executable, "-m", "pip", "config", "list")
    for word in re.split(r"[\s'\"=]+", said):
        if word.startswith("file:///"):
            # The pages of an index in a folder point to files beside it.
            _show(Path(word.removeprefix("file://")).parent, root)
        elif word.startswith("/"):
            _show(Path(word), root)


def _sources() -> list[str]:
    asked = ("apt-get", "indextargets", "--format", _SOURCE)
    return _told(*asked, "Created-By: Packages", "Origin: Debian").splitlines()


def _told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _copy(here: Path, there: Path) -> None:
    there.parent.mkdir(parents=True, exist_ok=True)
    if here.is_dir():
        shutil.copytree(here, there, dirs_exist_ok=True)
    elif here.exists():
        shutil.copyfile(here, there)


def _show(here: Path, root: Path) -> None:
    """A folder of packages that pip was told of is in there, too; so is a single file."""
    there = root / here.relative_to("/")
    if here.is_dir() and not there.exists():
        there.mkdir(parents=True)
        subprocess.run(["mount", "--bind", "-o", "ro", here, there], check=True)
    elif here.is_file() and not there.exists():
        _copy(here, there)
