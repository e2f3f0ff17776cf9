"""Small files that ask for far more than any machine has."""

import gzip
import io
import zipfile

from xlsxwriter import Workbook

MIB = 1024**2


def sparse_workbook(*cells: tuple[int, int]) -> bytes:
    """A spreadsheet with a text in each of these cells, by row and column."""
    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        for row, column in cells:
            sheet.write_string(row, column, "x")
    return out.getvalue()


def repacked(book: bytes, name: str, content: bytes) -> bytes:
    """The spreadsheet with another content of one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return out.getvalue()


def hidden_sparse_workbook() -> bytes:
    """The same as a sparse one, in a spelling that no scan for far cells foresees."""
    sheet = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
    sheet += b'spreadsheetml/2006/main"><sheetData>'
    for row, place in (("1", "A1"), ("1048576", "XFD1048576")):
        sheet += f'<row r="{row}"><c r = "{place}"><v>1</v></c></row>'.encode()
    return repacked(
        sparse_workbook((0, 0)), "xl/worksheets/sheet1.xml", sheet + b"</sheetData></worksheet>"
    )


def zip_bomb() -> bytes:
    """Unpacks to 2 GB."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/workbook.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(32):
            part.write(b" " * (64 * MIB))
    return out.getvalue()


def gzip_bomb(what: bytes, times: int) -> bytes:
    """Unpacks to `what`, over and over again."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) as packed:
        block = what * max(1, MIB // len(what))
        for _ in range(max(1, times * len(what) // len(block))):
            packed.write(block)
    return out.getvalue()


def part(book: bytes, name: str) -> bytes:
    """The content of one part of a spreadsheet."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return packed.read(name)


def two_sheets() -> bytes:
    """A sheet with a table, and a sparse one behind it."""
    out = io.BytesIO()
    with Workbook(out) as book:
        first, second = book.add_worksheet("Assets & more"), book.add_worksheet("Notes")
        first.write_string(0, 0, "a")
        first.write_string(1, 0, "x")
        second.write_string(0, 0, "far")
        second.write_string(1048575, 16383, "out")
    return out.getvalue()
