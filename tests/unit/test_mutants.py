"""Which guards are taken out, one at a time."""

import ast

from tests.mutants import ROOT as PROJECT
from tests.mutants import TESTS, mutants

SOURCE = """
def keep(item, lock):
    if item.size > 10 and item.name:
        raise ValueError("too large")
    with lock:
        write(item)
    return item
"""


def test_each_guard_is_taken_out_by_itself() -> None:
    found = {mutant.what: mutant.text for mutant in mutants(SOURCE)}

    assert set(found) == {
        "never: item.size > 10 and item.name",
        "always: item.size > 10 and item.name",
        "turned round: item.size > 10",
        "or: item.size > 10 and item.name",
        "left out: raise ValueError('too large')",
        "left out: write(item)",
        "not taken: lock",
    }
    plain = ast.unparse(ast.parse(SOURCE))
    assert all(ast.unparse(ast.parse(text)) != plain for text in found.values())
    assert "if False:" in found["never: item.size > 10 and item.name"]
    assert "write(item)" not in found["left out: write(item)"]


def test_the_files_and_their_tests_exist() -> None:
    for file, tests in TESTS.items():
        for path in (file, *tests):
            assert (PROJECT / path).exists(), path
