"""No file of any format ends the process that reads it, fills its memory or hangs it."""

import gzip
import io
import json
import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest

from services.files import isolated
from services.files.isolated import FileReader
from services.files.reading import read
from services.files.sheet import Unreadable
from tests.unit.files import bombs
from tests.unit.files.test_reading import BROKEN, FORMATS, spreadsheet


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    made = FileReader()
    yield made
    made.close()


def worker_of(reader: FileReader) -> psutil.Process:
    [worker] = reader._idle
    return psutil.Process(worker._popen.pid)


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a sparse workbook": (
        lambda: bombs.sparse_workbook((0, 0), (1048575, 16383)),
        "they reach to column XFD and row 1,048,576",
    ),
    "a workbook of two far rows": (
        lambda: bombs.sparse_workbook((0, 0), (1048575, 0)),
        "column A and row 1,048,576",
    ),
    "a wide sparse workbook": (
        lambda: bombs.sparse_workbook((0, 0), (5000, 16383)),
        "column XFD and row 5,001",
    ),
    "a sparse workbook in disguise": (bombs.hidden_sparse_workbook, "too much memory"),
    "a zip bomb": (bombs.zip_bomb, "larger than 1 GB"),
    "a gzip bomb": (lambda: bombs.gzip_bomb(b"a,b\n", 300 * bombs.MIB), "larger than 200 MB"),
    "a gzip bomb of brackets": (lambda: bombs.gzip_bomb(b"[", 20 * bombs.MIB), "nested too deep"),
    "a gzip bomb of objects": (
        lambda: bombs.gzip_bomb(b'{"a":{},"b":{}}\n', 3_000_000),
        "more than 200,000 rows",
    ),
    "a million columns": (lambda: b"a," * 1_000_000, "1,000,001 columns; at most 500"),
    "a hundred thousand columns of JSON": (
        lambda: b"[{" + b",".join(b'"%d":1' % i for i in range(100_000)) + b"}]",
        "100,000 columns; at most 500",
    ),
    "ten million columns": (lambda: b"a," * 10_000_000, "10,000,001 columns; at most 500"),
    "ten million columns of JSON": (
        lambda: b"[{" + b",".join(b'"%d":1' % i for i in range(3_000_000)) + b"}]",
        "3,000,000 columns; at most 500",
    ),
    "an endless line": (lambda: b"a" * (30 * bombs.MIB), "a cell is larger than 10 MB"),
    "an endless quotation": (lambda: b'a\n"' + b"x\n" * (4 * bombs.MIB), "is opened and never"),
    "a name twice among very many": (
        lambda: b"[{" + b",".join(b'"%d":1' % i for i in range(80_000)) + b',"a":1,"a":1}]',
        "“a” stands in one object twice",
    ),
    "few columns and very many empty rows": (
        lambda: (
            b"[{"
            + b",".join(b'"%d":1' % i for i in range(400))
            + b"},"
            + b",".join([b'{"0":1}'] * 90_000)
            + b"]"
        ),
        "more than 25,000,000 cells",
    ),
    "a value nested deep": (
        lambda: b'[{"a": ' + b"[" * 400 + b"]" * 400 + b"}]",
        "Line 1: a value is nested too deep.",
    ),
    "an item nested deep": (
        lambda: b'{"Item": {"a": ' + b'{"L": [' * 300 + b'{"S": "x"}' + b"]}" * 300 + b"}}",
        "nested too deep",
    ),
}


LONG = {
    "a zip bomb",
    "a gzip bomb of objects",
    "ten million columns",
    "ten million columns of JSON",
}
"""Take more than some seconds to make, or to refuse."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.long] if name in LONG else []) for name in BOMBS],
)
def test_a_bomb_is_refused_with_a_sentence(reader: FileReader, name: str) -> None:
    make, told = BOMBS[name]
    content = make()
    before = psutil.Process().memory_info().rss

    with pytest.raises(Unreadable, match=told):
        reader.read(content)

    assert psutil.Process().memory_info().rss - before < 400 * bombs.MIB
    assert reader.read(spreadsheet([[1, 2]])).rows[0].cells == (1, 2)


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_refused_is_told_as_if_it_was_read_here(reader: FileReader, name: str) -> None:
    content, told = BROKEN[name]
    with pytest.raises(Unreadable) as caught:
        reader.read(content, encoding="utf-16" if "chosen" in name else None)

    assert any(told in problem.message for problem in caught.value.problems), caught.value.problems


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_read_is_the_same_as_if_it_was_read_here(
    reader: FileReader, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated, "_SMALL", 0)
    content, _ = FORMATS[name]

    assert reader.read(content, "a.csv") == read(content, "a.csv")


def test_a_large_table_is_the_same_as_if_it_was_read_here(reader: FileReader) -> None:
    rows = "".join(f"{i},“{i}”,{i / 3}\r\n" for i in range(50_000))
    content = gzip.compress(f"a,b,c\r\n{rows}".encode())

    assert reader.read(content) == read(content)


@pytest.fixture
def fresh() -> Iterator[FileReader]:
    made = FileReader()
    yield made
    made.close()


def test_a_worker_is_used_again(fresh: FileReader) -> None:
    fresh.read(spreadsheet([[1, 2]]))
    before = worker_of(fresh).pid
    fresh.read(spreadsheet([[1, 2]]))

    assert worker_of(fresh).pid == before


def test_a_worker_that_has_died_is_replaced(fresh: FileReader) -> None:
    fresh.warm()
    dead = worker_of(fresh)
    os.kill(dead.pid, signal.SIGKILL)
    dead.wait()

    assert fresh.read(spreadsheet([[1, 2]])).rows[0].cells == (1, 2)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    slow = FileReader(max_seconds=0.5)
    slow.warm()
    os.kill(worker_of(slow).pid, signal.SIGSTOP)

    with pytest.raises(Unreadable, match="takes longer than 0 seconds"):
        slow.read(spreadsheet([[1, 2]]))

    slow.close()


def test_when_others_take_all_turns_one_is_asked_to_wait() -> None:
    busy = FileReader(max_seconds=0.1)
    for _ in range(isolated._AT_ONCE):
        busy._turns.acquire()

    with pytest.raises(Unreadable, match="Try again in a minute"):
        busy.read(spreadsheet([[1, 2]]))
    assert busy.read(b"a\n1\n").columns == ("a",)


def test_a_worker_ends_with_its_reader() -> None:
    made = FileReader()
    made.warm()
    worker = worker_of(made)
    made.close()

    assert not worker.is_running()


def test_a_worker_ends_when_nobody_asks_any_more() -> None:
    made = FileReader()
    made.warm()
    [worker] = made._idle
    assert worker._popen.stdin is not None
    worker._popen.stdin.close()

    assert worker._popen.wait(timeout=10) == 0
    made.close()


def test_only_cells_are_taken_from_a_worker() -> None:
    class Odd:
        def __reduce__(self) -> tuple[object, ...]:
            return os.system, ("false",)

    with pytest.raises(pickle.UnpicklingError):
        isolated._Unpickler(io.BytesIO(pickle.dumps(Odd()))).load()


def test_far_cells_that_are_only_coloured_do_no_harm(reader: FileReader) -> None:
    book = spreadsheet([["x", 1]])
    with_colour = bombs.repacked(
        book,
        "xl/worksheets/sheet1.xml",
        bombs.part(book, "xl/worksheets/sheet1.xml").replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
        ),
    )

    assert reader.read(with_colour) == reader.read(book)


def test_a_sheet_that_is_not_read_may_be_as_sparse_as_it_likes(reader: FileReader) -> None:
    assert reader.read(bombs.two_sheets()).rows[0].cells == ("x",)


def test_entities_that_make_each_other_longer_are_not_followed(reader: FileReader) -> None:
    entities = b"".join(
        b'<!ENTITY %c "%s">' % (98 + place, b"&%c;" % (97 + place) * 50) for place in range(9)
    )
    strings = b'<!DOCTYPE a [<!ENTITY a "aaaa">' + entities + b"]><sst><si><t>&j;</t></si></sst>"
    book = bombs.repacked(spreadsheet([["x", 1]]), "xl/sharedStrings.xml", strings)

    with suppress(Unreadable):
        assert len(str(reader.read(book).rows)) < 1000


def test_json_in_cells_stays_as_it_is(reader: FileReader) -> None:
    value = {"a": [{"b": None, "c": True}]}

    found = reader.read(json.dumps([{"v": [value]}]).encode())

    assert found.rows[0].cells == ([value],)
