"""The rooms of the house: what is touched, and imported, only where the design says."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from app.settings import ROOT

ROOMS = ("app", "pages", "services")
ENVIRONMENT = {"os.environ", "os.getenv", "os.environb", "os.putenv"}
PAGES = ("app/fields", "app/features", "app/shell/connection/updates.py", "app/shell")
STREAMLIT_STATE = {"st.session_state", "st.cache_data", "st.cache_resource"}
WORLDS = {
    "streamlit": ("app", "pages"),
    "fastapi": ("app/api", "app/serving.py"),
    "boto3": ("services/store",),
    "botocore": ("services/store",),
    "moto": ("services/moto_server",),
    "cheroot": ("services/moto_server",),
    "pages": (),
    "app": ("app", "pages"),
}
"""What may be imported from where; what is not named here is free."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every file of the product, by its path."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def touched(tree: ast.Module) -> set[str]:
    """Attributes of modules by their dotted name, and what is imported from modules."""
    # Moto is told its port by a variable: setting one is not reading it.
    set_only = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
    }
    dotted = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node not in set_only
    }
    return dotted | {
        f"{'st' if node.module == 'streamlit' else node.module}.{name.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def imported(tree: ast.Module) -> set[str]:
    """The top packages that a module imports, wherever in it."""
    whole = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    parts = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in whole | parts}


def within(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or Path(place) in Path(path).parents for place in places)


def test_only_the_settings_read_the_environment() -> None:
    readers = [path for path, tree in modules() if touched(tree) & ENVIRONMENT]

    assert [path for path in readers if path != "app/settings.py"] == []


def test_only_pieces_of_page_touch_streamlits_state_and_caches() -> None:
    touching = [path for path, tree in modules() if touched(tree) & STREAMLIT_STATE]

    assert touching
    assert [path for path in touching if not within(path, PAGES)] == []


def test_nobody_imports_what_belongs_to_another_room() -> None:
    guilty = [
        f"{path} imports {package}"
        for path, tree in modules()
        for package in sorted(imported(tree) & set(WORLDS))
        if not within(path, WORLDS[package])
    ]

    assert guilty == []


def names_of_streamlit(tree: ast.Module) -> Iterator[str]:
    """What a module imports or takes from Streamlit, or names in a text, by its dotted name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("streamlit."))
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module.partition(".")[0] == "streamlit":
                yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "st" and node.attr.startswith("_"):
                yield f"streamlit.{node.attr}"
        elif isinstance(node, ast.Constant) and re.match(r"streamlit[.:](?!css)", str(node.value)):
            yield str(node.value)


def test_streamlit_s_private_parts_are_reached_in_one_room() -> None:
    public = {"streamlit.delta_generator.DeltaGenerator"}
    reaches = {path: set(names_of_streamlit(tree)) - public for path, tree in modules()}
    guilty = {path for path, names in reaches.items() if names}

    assert {path for path in guilty if not within(path, ("app/streamlit_compat",))} == set()
    assert "app/streamlit_compat/runs.py" in guilty


def test_streamlit_s_elements_of_the_page_are_named_in_one_room() -> None:
    """JavaScript is not looked through."""
    dom = re.compile(r"\.st[A-Z-]|\bst-key-|testid|\bst[A-Z]\w+|data-(test|stale|collapsed)")
    files = [
        (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.*")
        if path.suffix in {".py", ".css"}
    ]
    naming = {path for path, text in files if dom.search(text)}

    assert naming == {"app/streamlit_compat/dom.py", "app/streamlit_compat/streamlit.css"}


def test_files_are_locked_in_one_place() -> None:
    """Moto's server is useful without the rest, and imports nothing of it."""
    locking = {path for path, tree in modules() if "fcntl.flock" in touched(tree)}

    assert locking == {"services/disk.py", "services/moto_server/discovery.py"}


def test_html_is_made_from_templates_that_escape_what_is_put_in() -> None:
    by_hand = {"html.escape", "st.html", "markupsafe.escape", "markupsafe.Markup"}
    makers = {path for path, tree in modules() if touched(tree) & by_hand}

    # The frame's is the stylesheet.
    assert makers == {"app/shell/frame.py", "app/shell/markup.py", "services/markup.py"}


def test_a_page_catches_nothing_itself() -> None:
    """A page says `with errors()`; what can be caught is for services and pieces of page."""
    catching = [
        path
        for path, tree in modules()
        if path.startswith("pages/") and any(isinstance(n, ast.Try) for n in ast.walk(tree))
    ]

    assert catching == []


def imports() -> dict[str, set[str]]:
    """Which module imports which, be it only for its types."""
    trees = {
        path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): tree
        for path, tree in modules()
    }
    return {
        name: {
            target
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for part in node.names
            for target in [f"{node.module}.{part.name}", node.module]
            if target in trees and target != name
        }
        for name, tree in trees.items()
    }


@pytest.mark.parametrize("depth", range(1, 7))
def test_neither_modules_nor_packages_import_each_other_in_a_circle(depth: int) -> None:
    """At each depth a package stands for all that is in it."""
    graph: dict[str, set[str]] = {}
    for name, targets in imports().items():
        room = ".".join(name.split(".")[:depth])
        others = {".".join(target.split(".")[:depth]) for target in targets}
        graph.setdefault(room, set()).update(others - {room})

    assert any(graph.values())
    TopologicalSorter(graph).prepare()
