"""Our files for the browser: each lies beside the Python that uses it, and has its path in `app/`.

JavaScript is served as it is, as modules that import each other; see app/api/modules.py.
"""

import hashlib
import re
from functools import cache
from pathlib import Path, PurePosixPath

_APP = Path(__file__).resolve().parent
_IMPORT = re.compile(r'^import [^;]*?"(\.[^"]+)";\n', re.MULTILINE)


@cache
def text(path: str) -> str:
    """What is in the file of this path, such as "shell/connection/updates.js"."""
    return (_APP / path).read_text(encoding="utf-8")


@cache
def modules() -> dict[str, bytes]:
    """Every JavaScript module of the app, by its path."""
    paths = sorted(path.relative_to(_APP).as_posix() for path in _APP.rglob("*.js"))
    return {path: text(path).encode() for path in paths}


@cache
def version() -> str:
    """What all modules have in common; another one as soon as any of them changes."""
    digest = hashlib.sha256()
    for path, content in modules().items():
        digest.update(f"{path} {len(content)} ".encode() + content)
    return digest.hexdigest()[:12]


def address(path: str) -> str:
    """Where a module is served, from the folder in which the pages are."""
    return f"browser/{version()}/{path}"


@cache
def with_imports(*paths: str) -> tuple[str, ...]:
    """These modules and all that they import, each once and before what it imports itself."""
    found: dict[str, None] = {}
    ahead = list(paths)
    while ahead:
        path = ahead.pop(0)
        if path not in found:
            found[path] = None
            ahead = [*_imported_by(path), *ahead]
    return tuple(found)


def styles(*paths: str) -> str:
    """What the CSS files say that lie beside these modules and beside what they import."""
    files = (_APP / path for path in with_imports(*paths))
    return "".join(
        style.read_text(encoding="utf-8")
        for file in files
        if (style := file.with_suffix(".css")).exists()
    )


def inlined(path: str) -> str:
    """A module and all that it imports as one, for a page that can fetch nothing."""
    return "".join(
        re.sub(r"^export (?!default)", "", _IMPORT.sub("", text(one)), flags=re.MULTILINE)
        for one in reversed(with_imports(path))
    )


def _imported_by(path: str) -> list[str]:
    here = (_APP / path).parent
    found = ((here / name).resolve() for name in _IMPORT.findall(text(path)))
    return [PurePosixPath(one.relative_to(_APP)).as_posix() for one in found]
