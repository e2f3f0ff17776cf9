"""What is found in a file, and what is refused by its line instead of guessed."""

import gzip
import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from xlsxwriter import Workbook

from services.files import decoding, excel, sheet
from services.files.reading import read
from services.files.sheet import Unreadable
from services.files.writing import write


def spreadsheet(rows: list[list[Any]], columns: list[str] | None = None) -> bytes:
    out = io.BytesIO()
    write(columns or ["a", "b"], rows, "xlsx", out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("name,tag\nZürich,é\n".encode(), "utf-8"),
        ("name,tag\nZürich,é\n".encode("utf-8-sig"), "utf-8-sig"),
        ("name,tag\nZürich,é\n".encode("utf-16"), "utf-16"),
        ("name,tag\nZürich,é\n".encode("utf-32"), "utf-32"),
    ],
)
def test_the_encoding_is_found(content: bytes, encoding: str) -> None:
    found = read(content)

    assert found.encoding == encoding
    assert found.rows[0].cells == ("Zürich", "é")


def test_what_is_not_utf8_is_read_as_what_it_most_likely_is_or_as_was_chosen() -> None:
    text = "name;place\n" + "Müller & Söhne;Zürich\nCafé Crème;Genève\n" * 20
    content = text.encode("cp1252")

    assert read(content).rows[0].cells == ("Müller & Söhne", "Zürich")
    assert read(content, encoding="latin-1").encoding == "latin-1"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f'name{delimiter}price\n"a, b; c"{delimiter}1,5\nd{delimiter}2\n'
    if delimiter == ",":
        text = text.replace("1,5", '"1,5"')

    found = read(text.encode())

    assert found.delimiter == delimiter
    assert found.rows[0].cells == ("a, b; c", "1,5")


def test_a_chosen_delimiter_is_kept_to() -> None:
    assert read(b"a;b,c\n1;2,3\n", delimiter=";").columns == ("a", "b,c")


@pytest.mark.parametrize("delimiter", ["\n", "\r", '"'])
def test_what_ends_a_line_or_a_text_cannot_stand_between_columns(delimiter: str) -> None:
    with pytest.raises(Unreadable, match="cannot stand between columns"):
        read(b"a,b\n1,2\n", delimiter=delimiter)


def test_rows_know_the_line_that_they_begin_on() -> None:
    found = read(b'a,b\r\n\r\n"two\nlines",x\r\n\r\nlast,y\r\n')

    assert [(row.line, row.cells[0]) for row in found.rows] == [(3, "two\nlines"), (6, "last")]


def test_texts_that_look_like_something_else_stay_as_they_are() -> None:
    found = read(b"a,b,c,d\nNA,007,1E5,null\n")

    assert found.rows[0].cells == ("NA", "007", "1E5", "null")


# By name: bytes that hold a time of day (gzip, xlsx) would name a test differently in each worker.
FORMATS: dict[str, tuple[bytes, str]] = {
    "a list": (b'[{"a": 1}]', "json"),
    "items": (b'{"items": [{"a": 1}], "total": 1}', "json"),
    "one object": (b'{\n "a": 1\n}', "json"),
    "lines": (b'{"a": 1}\n{"a": 2}\n', "jsonl"),
    "exported lines": (b'{"Item": {"a": {"N": "1"}}}\n', "dynamodb"),
    "typed lines": (b'{"a": {"N": "1"}}\n{"a": {"N": "2"}}\n', "dynamodb"),
    "gzip": (gzip.compress(b'{"Item": {"a": {"N": "1"}}}\n'), "dynamodb"),
    "a table": (b"a\n1\n", "csv"),
    "a workbook": (spreadsheet([[1, 2]]), "xlsx"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_is_found_by_content(name: str) -> None:
    content, format = FORMATS[name]  # noqa: A001
    found = read(content)

    assert found.format == format
    assert str(found.rows[0].cells[0]) == "1"


def test_json_numbers_are_exact_and_nested_objects_are_columns() -> None:
    found = read(b'[{"a": 0.10, "b": {"c": 12345678901234567890}}, {"d": [1], "a": null}]')

    assert found.columns == ("a", "b.c", "d")
    assert found.rows[0].cells == (Decimal("0.10"), 12345678901234567890, None)
    assert found.rows[1].cells == (None, None, [1])


def test_dynamodb_json_of_every_type_is_understood() -> None:
    item = {
        "s": {"S": "x"}, "n": {"N": "1.50"}, "t": {"BOOL": True}, "z": {"NULL": True},
        "l": {"L": [{"S": "a"}]}, "m": {"M": {"in": {"N": "1"}}}, "ss": {"SS": ["a"]},
        "ns": {"NS": ["1"]}, "b": {"B": "AAE="},
    }  # fmt: skip
    found = read(json.dumps({"Item": item}).encode())

    record = dict(zip(found.columns, found.rows[0].cells, strict=True))
    assert record == {
        "s": "x", "n": Decimal("1.50"), "t": True, "z": None, "l": ["a"], "m.in": 1,
        "ss": ["a"], "ns": [1], "b": "AAE=",
    }  # fmt: skip


def test_an_empty_row_of_a_spreadsheet_is_passed_over_and_rows_keep_their_numbers() -> None:
    found = read(spreadsheet([["x", 1], [None, None], ["y", 2]]))

    assert [(row.line, row.cells) for row in found.rows] == [(2, ("x", 1)), (4, ("y", 2))]


def _zip(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "This file is empty."),
    "only blanks": (b" \n\n\t\n", "This file is empty."),
    "only a byte order mark": (b"\xef\xbb\xbf", "This file is empty."),
    "only NULs": (b"\x00\x00", "This file is empty."),
    "a short row": (b"a,b\n1,2\n3\n", "Line 3 has 1 value, but there are 2 columns."),
    "a long row": (b"a,b\n1,2,3\n", "Line 2 has 3 values, but there are 2 columns."),
    "a short row after a text of two lines": (b'a,b\n"x\ny",2\n3\n', "Line 4 has 1 value"),
    "a heading twice": (b"a,a\n1,2\n", "The heading “a” stands there twice."),
    "no heading": (b"a,\n1,2\n", "Column 2 has no heading."),
    "a heading of blanks": (b"a,  \n1,2\n", "Column 2 has no heading."),
    "an open quotation mark": (b'a,b\n1,2\n"x,3\n4,5\n', "Line 3: a quotation mark is opened"),
    "text after a quotation mark": (b'a,b\n"x"y,1\n', "Line 2: after a closing quotation mark"),
    "too many columns": (",".join(map(str, range(501))).encode(), "501 columns; at most 500"),
    "bytes that are not what was chosen": (b"\xff\xfea\xd8", "is not valid utf-16"),
    "broken gzip": (b"\x1f\x8bjunk", "This gzip file is damaged."),
    "cut gzip": (gzip.compress(b"a,b\n1,2\n" * 99)[:-9], "This gzip file is damaged."),
    "a zip that is no spreadsheet": (_zip("a.txt", b"x"), "not a spreadsheet that can be read"),
    "half a spreadsheet": (spreadsheet([["x", 1]])[:900], "not a spreadsheet that can be read"),
    "a zip's first bytes": (b"PK\x03\x04", "not a spreadsheet that can be read"),
    "an old Office file": (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "Save it as .xlsx"),
    "an empty spreadsheet": (spreadsheet([], [" "]), "no heading"),
    "a spreadsheet's heading twice": (spreadsheet([["x", 1]], ["a", "a"]), "stands there twice"),
    "a spreadsheet's missing heading": (
        spreadsheet([["x", 1]], ["", "b"]),
        "Column 1 has no heading",
    ),
    "JSON that ends": (b'[{"a": 1}', "Line 1, column 10: this is not valid JSON"),
    "JSON with a comma too many": (b'[{"a": 1,}]', "this is not valid JSON"),
    "a list of numbers": (b"[1, 2]", "Entry 1 is no object"),
    "a list with one number": (b'[{"a": 1}, 2]', "Entry 2 is no object"),
    "an empty list": (b"[]", "There is nothing in this file."),
    "a name twice": (b'[{"a": 1, "a": 2}]', "“a” stands in one object twice"),
    "not a number": (b'[{"a": NaN}]', "NaN is no number"),
    "infinity": (b'[{"a": -Infinity}]', "-Infinity is no number"),
    "very deep JSON": (b"[" * 100_000, "nested too deep"),
    "a number without end": (b'[{"a": ' + b"9" * 5000 + b"}]", "Line 1:"),
    "a line that is no JSON": (b'{"a": 1}\n{"a": \n', "Line 2, column"),
    "a line that is no object": (b'{"a": 1}\n[1]\n', "Line 2 is no object"),
    "an item without types": (
        b'{"Item": {"a": {"S": "x"}}}\n{"Item": {"a": "x"}}\n',
        "Line 2 is no item of a DynamoDB export.",
    ),
    "an item with a wrong number": (b'{"Item": {"a": {"N": "x"}}}', "x is no value of type N"),
    "an item with a number for text": (b'{"Item": {"a": {"S": 1}}}', "1 is no value of type S"),
    "an item with a broken list": (b'{"Item": {"a": {"L": 5}}}', "is no value of type L"),
    "an item with an untyped entry": (b'{"Item": {"a": {"L": ["x"]}}}', "a value without its type"),
    "an item that is not finite": (b'{"Item": {"a": {"N": "NaN"}}}', "is no value of type N"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_refused_with_a_sentence_and_its_line(kind: str) -> None:
    content, told = BROKEN[kind]
    with pytest.raises(Unreadable) as caught:
        read(content, encoding="utf-16" if "chosen" in kind else None)

    assert any(told in problem.message for problem in caught.value.problems), caught.value.problems


@pytest.mark.parametrize("name", ["punycode", "idna", "base64", "\0", "no such", "undefined"])
def test_what_is_no_encoding_of_files_is_told(name: str) -> None:
    with pytest.raises(Unreadable, match="There is no encoding"):
        read(b"a,b\n1,2\n", encoding=name)


def test_every_ragged_row_is_told_up_to_a_hundred() -> None:
    with pytest.raises(Unreadable) as caught:
        read(b"a,b\n" + b"1\n" * 150)

    assert [problem.line for problem in caught.value.problems] == list(range(2, 102))


def test_more_rows_than_are_read_are_refused_by_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_ROWS", 2)
    for content in (b"a\n1\n2\n3\n", b'[{"a": 1}, {"a": 2}, {"a": 3}]', spreadsheet([[1, 1]] * 3)):
        with pytest.raises(Unreadable, match="more than 2 rows"):
            read(content)


def test_a_file_that_is_too_large_is_refused_by_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 1024**2)
    for content in (b"a\n" * 1024**2, gzip.compress(b"a\n" * 1024**2)):
        with pytest.raises(Unreadable, match="larger than 1 MB"):
            read(content)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "_MAX_UNPACKED", 1000)
    with pytest.raises(Unreadable, match="larger than"):
        read(_zip("xl/workbook.xml", b" " * 10_000))


def test_a_value_beside_the_last_heading_is_refused_by_its_row() -> None:
    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a"])
        sheet.write_row(1, 0, ["x"])
        sheet.write_row(2, 0, ["y", 5])

    with pytest.raises(Unreadable, match="Row 3 has a value beside the last heading"):
        read(out.getvalue())


def test_a_formula_gives_the_value_that_it_had() -> None:
    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_number(1, 0, 1)
        sheet.write_formula(1, 1, "=A2+1", value=2)

    assert read(out.getvalue()).rows[0].cells == (1, 2)
