"""Kinds of fields: each is complete, and nobody else knows what is particular to one."""

import ast
import re
import runpy
from pathlib import Path

import pytest

from app.settings import ROOT
from services.model.fields.kinds.registry import KINDS, IncompleteKindError, register
from services.model.fields.spec import Kind

KIND_FILES = Path("services/model/fields/kinds")


class Blank(Kind):
    name = "blank"


@pytest.mark.parametrize("part", ["display", "reader", "takes", "title", "widget", "range"])
def test_a_kind_that_leaves_something_open_is_refused_with_what_is_missing(part: str) -> None:
    with pytest.raises(IncompleteKindError, match=rf"Blank .* does not say: .*\b{part}\b") as said:
        register(Blank)  # type: ignore[type-abstract]  # incomplete, as is tested

    assert not re.search(r"say:.*\bname\b", str(said.value))
    assert "blank" not in KINDS


def test_a_file_with_such_a_kind_fails_when_it_is_imported(tmp_path: Path) -> None:
    file = tmp_path / "half.py"
    file.write_text(
        "from services.model.fields.kinds import number, registry\n"
        "class Half(number._Number):\n"
        "    name = 'half'\n"
        "    def takes(self, said): return False\n"
        "registry.register(Half)\n"
    )

    with pytest.raises(IncompleteKindError) as said:
        runpy.run_path(str(file), run_name="half")

    assert str(said.value) == (
        "half.Half is no complete kind of field. It does not say: limits, mistakes, plural, range, "
        "sample, spelling, title, usual. See Kind in services/model/fields/spec.py."
    )


def test_every_kind_is_registered_under_a_name_of_its_own() -> None:
    assert list(KINDS) == [kind.name for kind in KINDS.values()]
    assert len({type(kind) for kind in KINDS.values()}) == len(KINDS) > 10


def test_nothing_outside_of_its_file_asks_which_kind_a_field_is_of() -> None:
    guilty = {
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for room in ("app", "pages", "services")
        for path in sorted((ROOT / room).rglob("*.py"))
        if KIND_FILES not in path.relative_to(ROOT).parents
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.expr | ast.Match) and _asks(node)
    }

    assert guilty == set()


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("spec.kind == 'decimal'", True),
        ("entry.spec.kind.name in ('date', 'moment')", True),
        ("_SHOW[spec.kind]", True),
        ("_SHOW.get(spec.kind.name)", True),
        ("isinstance(spec.kind, Decimal)", True),
        ("{'integer': 1, 'decimal': 2, 'date': 3}", True),
        ("match spec.kind:\n  case _: pass", True),
        ("question.kind == 'text'", False),
        ("spec.kind.display(spec, value)", False),
        ("spec.kind.layout == 'long'", False),
    ],
)
def test_what_asks_for_a_kind_is_recognised(code: str, asks: bool) -> None:
    (statement,) = ast.parse(code).body
    node = statement.value if isinstance(statement, ast.Expr) else statement
    assert isinstance(node, ast.expr | ast.Match)
    assert _asks(node) is asks


def _asks(node: ast.expr | ast.Match) -> bool:
    """Whether a piece of code does one thing for a kind of field and another one for the others."""
    match node:
        case ast.Compare():
            return any(map(_is_kind, (node.left, *node.comparators)))
        case ast.Match():
            return _is_kind(node.subject)
        case ast.Subscript():
            return _is_kind(node.slice)
        case ast.Call(func=ast.Name("isinstance") | ast.Attribute(attr="get")):
            return any(map(_is_kind, node.args))
        case ast.Dict():
            names = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            return len(names & set(KINDS)) > 2
    return False


def _is_kind(node: ast.expr) -> bool:
    """Whether this is the kind of a field, or its name."""
    match node:
        case ast.Attribute(value=ast.Attribute(attr="kind") as kind, attr="name"):
            return _is_kind(kind)
        case ast.Attribute(value=ast.Name(id=of) | ast.Attribute(attr=of), attr="kind"):
            return of.endswith("spec")
    return False
