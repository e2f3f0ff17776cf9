"""Our files for the browser, found by what imports what."""

from app import browser_files
from app.settings import ROOT

_TABLE = "features/browse/table/table.js"


def test_a_component_comes_with_the_styles_of_what_it_imports_after_its_own() -> None:
    files = [
        ROOT / "app" / "features" / "browse" / "table" / f"{n}.css" for n in ("table", "cards")
    ]
    found = [browser_files.styles(_TABLE).index(file.read_text()) for file in files]

    assert found == sorted(found)


def test_a_module_and_what_it_imports_are_found_once_each() -> None:
    found = browser_files.with_imports(_TABLE, _TABLE)

    assert found[0] == _TABLE
    assert {"shell/components/elements.js", "shell/components/address.js"} <= set(found)
    assert len(found) == len(set(found))


def test_what_is_inlined_has_no_imports_and_no_exports_left() -> None:
    text = browser_files.inlined("demo/review/pack.js")
    lines = text.splitlines()

    assert not [line for line in lines if line.startswith(("import ", "export "))]
    assert text.index("function gallery(") < text.index("gallery(document.body")
