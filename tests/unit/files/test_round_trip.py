"""What is written is read back, cell for cell, in every format."""

import csv
import io
import random
import string
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.files.escape import escape, unescape
from services.files.reading import read
from services.files.sheet import Format, Sheet, Unwritable
from services.files.writing import write

FORMATS: tuple[Format, ...] = tuple(f for f in get_args(Format) if f != "dynamodb")
AWKWARD = (
    *("", "'", "''", "=1+1", "'=1", "-5", "+", "@x", "\t", "\r", "\x00", "\n", "\r\n", '"', '""'),
    *(
        "a;b",
        "a,b",
        "a|b",
        "NA",
        "null",
        "007",
        "1E5",
        " x ",
        "'-",
        "'\n",
        "\n=",
        "é🙂\u202e",
        "\u2028",
    ),
    *("#N/A", "true", "{}", "[1]", "\\", "\ufeff", "_x0041_", "_x000D_", "\x7f", "<&>"),
)
WRITABLE = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
TEXTS = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=20
    ),
)
CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False, places=6),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
)


def written(columns: Sequence[str], rows: Sequence[Sequence[Any]], format: Format) -> bytes:  # noqa: A002
    out = io.BytesIO()
    write(columns, rows, format, out)
    return out.getvalue()


def cells(sheet: Sheet) -> list[tuple[Any, ...]]:
    return [row.cells for row in sheet.rows]


def tables(cell: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    row = st.lists(cell, min_size=3, max_size=3).filter(lambda row: any(v is not None for v in row))
    return st.lists(row, min_size=1, max_size=6)


@pytest.mark.parametrize("format", FORMATS)
@given(rows=tables(st.one_of(st.none(), TEXTS)))
def test_texts_come_back_as_they_were(format: Format, rows: list[list[Any]]) -> None:  # noqa: A002
    sheet = read(written(["a", "b", "c.d"], rows, format), format=format)

    assert sheet.columns == ("a", "b", "c.d")
    assert cells(sheet) == [tuple(row) for row in rows]


@given(rows=tables(CELLS))
def test_a_spreadsheet_keeps_numbers_days_and_switches_by_their_type(
    rows: list[list[Any]],
) -> None:
    sheet = read(written(["a", "b", "c"], rows, "xlsx"))

    for row, back in zip(rows, cells(sheet), strict=True):
        for before, after in zip(row, back, strict=True):
            assert _same(before, after), (before, after)


def _same(before: Any, after: Any) -> bool:
    """What a spreadsheet cannot hold exactly stands there as its text."""
    if isinstance(after, str) and not isinstance(before, str):
        return after == (f"{before:f}" if isinstance(before, Decimal) else str(before))
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    return bool(before == after)


@given(TEXTS)
def test_no_cell_of_a_csv_file_is_a_formula_and_each_is_read_as_it_was(text: str) -> None:
    cell = escape(text)

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\x00"))
    assert unescape(cell) == text


@pytest.mark.parametrize("sign", "=+-@＝＋－＠﹦﹢﹣﹫−\t\r\n\x00\x0b\x85\u2028")
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u3000", "\ufeff", "\u200b\u2060", "'"])
def test_whatever_a_spreadsheet_may_take_for_a_formula_is_escaped(sign: str, before: str) -> None:
    text = f"{before}{sign}HYPERLINK(1)"

    assert escape(text) == f"'{text}"
    assert unescape(f"'{text}") == text
    content = written(["name"], [[text]], "csv")
    assert cells(read(content, format="csv")) == [(text,)]


@pytest.mark.parametrize("text", ["a=b", "1-2", "ada@example.org", " a", "'tis", "ﬁ＝", "é"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert escape(text) == text


@pytest.mark.torture
def test_thousands_of_awkward_rows_come_back(rng: random.Random, torture: bool) -> None:
    signs = string.printable + "é🙂'\u202e\u00a0"
    rows = [
        [
            rng.choice(AWKWARD) + "".join(rng.choices(signs, k=rng.randrange(6))),
            rng.choice(AWKWARD),
            None if rng.random() < 0.2 else str(number),
        ]
        for number in range(20_000 if torture else 3_000)
    ]

    for format in FORMATS:  # noqa: A001 - the field's name
        assert cells(read(written(["a", "b", "c"], rows, format), format=format)) == [
            tuple(row) for row in rows
        ]


def test_a_csv_file_is_what_other_programs_take_for_one() -> None:
    content = written(["name", "price"], [["a, b", Decimal("-1.50")], ["=x", None]], "csv")

    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    assert lines == [["name", "price"], ["a, b", "-1.50"], ["'=x", ""]]


@pytest.mark.parametrize("format", FORMATS)
def test_half_a_character_is_refused(format: Format) -> None:  # noqa: A002
    with pytest.raises(Unwritable):
        written(["a"], [["\ud83d"]], format)


def test_a_text_that_is_too_long_for_a_spreadsheet_is_refused_by_its_row() -> None:
    with pytest.raises(Unwritable, match="Row 3"):
        written(["a"], [["x"], ["x" * 40_000]], "xlsx")
