"""Takes guards out of the code, one at a time, and tells which of them no test misses.

`python -m tests.mutants [FILE ...]`: for each file one mutant after the other (a condition that
never or always holds, a comparison turned round, a call or a `raise` left out, a lock not taken),
each in a copy of the project under the tests that protect the file.
"""

import ast
import copy
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = {
    "services/store/assets/writer.py": [
        "tests/unit/store/test_writer.py",
        "tests/integration/test_cut_off.py",
        "tests/integration/test_store_contract.py",
        "tests/integration/test_documents_contract.py",
    ],
    "services/moto_server/journal/journal.py": [
        "tests/unit/moto_server",
        "tests/integration/moto_server/test_survival.py",
    ],
    "app/security/authentication.py": [
        "tests/pages/security/test_authentication.py",
        "tests/pages/security/test_letting_in.py",
    ],
    "services/importing/plan.py": [
        "tests/unit/importing/test_plan.py",
        "tests/unit/api/test_routes.py",
        "tests/pages/test_import.py",
        "tests/integration/test_importing.py",
    ],
    "services/store/read_model/catalogue.py": [
        "tests/unit/store/test_catalogue.py",
        "tests/unit/store/test_checkpoint.py",
        "tests/unit/scenarios/test_scenarios.py",
        "tests/integration/test_changes.py",
        "tests/integration/test_pulse.py",
    ],
}
"""The files whose failure hurts most, and the tests that protect them."""
WANTED = 0.9
_AT_ONCE = 2
_LIMIT_SECONDS = 180
"""A mutant under which tests never end is found out."""
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mutant:
    """A file with one thing changed."""

    line: int
    what: str
    text: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module's text; its docstrings and what only serves typing stay."""
    tree = ast.parse(source)
    for number, node in enumerate(ast.walk(tree)):
        for what, change in _changes(node):
            mutated = copy.deepcopy(tree)
            twin = next(one for place, one in enumerate(ast.walk(mutated)) if place == number)
            change(twin)
            yield Mutant(getattr(node, "lineno", 0), what, ast.unparse(mutated))


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    """What can be changed in a node: in words, and how."""
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return
        case ast.If() | ast.IfExp() | ast.While():
            said = ast.unparse(node.test)
            yield f"never: {said}", _sets("test", ast.Constant(False))
            if not isinstance(node, ast.While):
                yield f"always: {said}", _sets("test", ast.Constant(True))
        case ast.Compare(ops=[op]):
            opposite = _OPPOSITE[type(op)]()
            yield f"turned round: {ast.unparse(node)}", _sets("ops", [opposite])
        case ast.BoolOp(op=ast.And()):
            yield f"or: {ast.unparse(node)}", _sets("op", ast.Or())
        case ast.BoolOp(op=ast.Or()):
            yield f"and: {ast.unparse(node)}", _sets("op", ast.And())
        case ast.With(items=[ast.withitem(optional_vars=None)]):
            yield f"not taken: {ast.unparse(node.items[0])}", _unlock
    for field in ("body", "orelse", "handlers", "finalbody"):
        statements = getattr(node, field, None)
        for place, statement in enumerate(statements if isinstance(statements, list) else []):
            if isinstance(statement, ast.Raise) or _is_call(statement):
                yield f"left out: {ast.unparse(statement)}", _leaves_out(field, place)


def _is_call(statement: object) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)


def _sets(field: str, value: object) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, field, value)


def _leaves_out(field: str, place: int) -> Callable[[ast.AST], None]:
    def change(node: ast.AST) -> None:
        getattr(node, field)[place] = ast.Pass()

    return change


def _unlock(node: ast.AST) -> None:
    assert isinstance(node, ast.With)
    node.items[0].context_expr = ast.parse("__import__('contextlib').nullcontext()").body[0].value  # type: ignore[attr-defined]  # an expression


class Workshop:
    """Copies of the project in which mutants are tried, one in each at a time."""

    def __init__(self, folder: Path) -> None:
        self._free = [folder / str(number) for number in range(_AT_ONCE)]
        for place in self._free:
            _copy_of_the_project(place)

    def survives(self, file: str, mutant: Mutant) -> bool:
        """Whether no test misses what the mutant lacks."""
        place = self._free.pop()
        before = (place / file).read_text()
        try:
            (place / file).write_text(mutant.text)
            return _passes(place, TESTS[file])
        finally:
            (place / file).write_text(before)
            self._free.append(place)


def _copy_of_the_project(place: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, place / name)


def _passes(place: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    running = subprocess.Popen(
        [*command, "-p", "no:randomly", "-p", "no:xdist"],
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return running.wait(_LIMIT_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def _try_all(workshop: Workshop, file: str) -> bool:
    """Try every mutant of a file; whether enough of them are found out."""
    source = (ROOT / file).read_text()
    if not workshop.survives(file, Mutant(0, "as it is", source)):
        print(f"{file}: its tests fail as it is")
        return False
    found = list(mutants(source))
    began = time.monotonic()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        survived = list(pool.map(lambda mutant: workshop.survives(file, mutant), found))
    left = [mutant for mutant, lives in zip(found, survived, strict=True) if lives]
    share = 1 - len(left) / len(found)
    seconds = time.monotonic() - began
    print(
        f"{file}: {len(found) - len(left)} of {len(found)} found out, {share:.0%}, {seconds:.0f} s"
    )
    for mutant in left:
        print(f"  {file}:{mutant.line}: {mutant.what}")
    sys.stdout.flush()
    return share >= WANTED


def main(files: list[str]) -> int:
    """Try the mutants of these files, or of all; 1 if too few are found out."""
    with tempfile.TemporaryDirectory(prefix="basket-mutants-") as folder:
        workshop = Workshop(Path(folder))
        enough = [_try_all(workshop, file) for file in files or TESTS]
        return 0 if all(enough) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
