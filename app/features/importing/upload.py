"""Where a file comes in, and what this tab knows of the one it is about to import."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from app.shell import state
from app.shell.connection.reconnection import Kept
from app.shell.messages import hint, problem_note
from services.files.csv_files import DELIMITERS
from services.files.isolated import FileReader
from services.files.sheet import MAX_BYTES, MAX_ROWS, Sheet, Unreadable
from services.importing.matching import Choices
from services.importing.service import new_name

_FORMATS = {
    "csv": "CSV",
    "xlsx": "Excel",
    "json": "JSON",
    "jsonl": "JSON Lines",
    "dynamodb": "DynamoDB JSON",
}
_ENDINGS = ["csv", "tsv", "txt", "xlsx", "json", "jsonl", "ndjson", "gz"]
_ENCODINGS = ["utf-8", "cp1252", "iso-8859-15", "utf-16", "mac-roman", "shift_jis", "gb18030"]
_DELIMITER_NAMES = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar"}
_FOUND = "Found by itself"
_LONGEST_TITLE = 200
_NOTHING = "Nothing of it was imported."


@dataclass(frozen=True)
class TakenIn:
    """A file that could be read."""

    title: str
    sheet: Sheet


@dataclass(frozen=True)
class Prepared:
    """A file on its way into the basket; nothing is written yet."""

    name: str
    """Of the import, so that two clicks import once."""
    title: str
    sheet: Sheet
    suggested: Choices


def prepared() -> Prepared | None:
    """The file that this tab has taken in."""
    kept: Prepared | None = state.recall(state.IMPORT)
    return kept


def _to_keep() -> str | None:
    file = prepared()
    return file.title[:_LONGEST_TITLE] if file else None


def _gone(told: Any) -> str | None:
    """The name of a file that went with the app that had taken it in."""
    return told[:_LONGEST_TITLE] if isinstance(told, str) and told else None


KEPT = Kept("file", state.IMPORT_GONE, _to_keep, _gone)


def prepare(file: TakenIn, suggested: Choices) -> None:
    """Keep the file for this tab, and show what it would do."""
    state.remember(state.IMPORT_READ, None)
    state.forget(state.IMPORT_GONE)
    state.remember(state.IMPORT, Prepared(new_name(), file.title, file.sheet, suggested))
    st.rerun()


def begun() -> None:
    """The file is on its way: the page shows how far it is."""
    state.remember(state.IMPORT_SHOWN, _named().name)
    state.remember(state.IMPORT, None)
    st.rerun()


def show_file(file: Prepared) -> None:
    """Say what was read, and offer another file."""
    sheet = file.sheet
    how = [_FORMATS[sheet.format], sheet.encoding, _DELIMITER_NAMES.get(sheet.delimiter, "")]
    with st.container(horizontal=True, vertical_alignment="center", key="file"):
        st.text(
            f"{file.title}: {len(sheet.rows):,} rows, {len(sheet.columns)} columns "
            f"({', '.join(part for part in how if part)})",
            width="content",
        )
        st.button("Another file", type="tertiary", icon=":material/close:", on_click=_forget)


def _forget() -> None:
    state.remember(state.IMPORT, None)


def _named() -> Prepared:
    kept = prepared()
    assert kept is not None, "only what was prepared can begin"  # noqa: S101
    return kept


def take_in(files: FileReader) -> TakenIn | None:
    """Draw the places where a file or a text goes in; returns what could be read."""
    files.warm()
    hint(
        f"A table from a spreadsheet, a database or another program: CSV, Excel (.xlsx), JSON, "
        f"JSON Lines or DynamoDB JSON, up to {MAX_BYTES // 1024**2} MB and {MAX_ROWS:,} rows. "
        "Nothing is added before you have seen what it would do."
    )
    if gone := state.recall(state.IMPORT_GONE):
        problem_note(f"{gone} has to be given once more: the app was restarted. {_NOTHING}")
    upload, paste = st.tabs(["Upload a file", "Paste a table"])
    with upload:
        uploaded = st.file_uploader("File", type=_ENDINGS, key="import file")
    with paste:
        pasted = st.text_area(
            "Table",
            key="import text",
            height=180,
            placeholder="name;tag\nS&P500;ISA",
            persist_state="session",
        )
        if st.button("Read it", icon=":material/content_paste_go:", key="read text"):
            state.remember(state.IMPORT_READ, pasted)
    encoding, delimiter = _how()
    if uploaded is not None:
        return _read(files, uploaded.getvalue(), uploaded.name, encoding, delimiter)
    if pasted.strip() and pasted == state.recall(state.IMPORT_READ):
        return _read(files, pasted.encode("utf-8", "replace"), "", None, delimiter)
    return None


def _how() -> tuple[str | None, str | None]:
    with st.expander("If letters or columns look wrong"):
        encoding = st.selectbox(
            "Letters are written as", _ENCODINGS, index=None, placeholder=_FOUND, key="encoding"
        )
        delimiter = st.selectbox(
            "Columns are divided by",
            DELIMITERS,
            index=None,
            format_func=lambda sign: _DELIMITER_NAMES[sign],
            placeholder=_FOUND,
            key="delimiter",
        )
    return encoding, delimiter


def _read(
    files: FileReader, content: bytes, name: str, encoding: str | None, delimiter: str | None
) -> TakenIn | None:
    try:
        sheet = files.read(content, name, encoding=encoding, delimiter=delimiter)
    except Unreadable as error:
        for problem in error.problems[:10]:
            problem_note(problem.message)
        if len(error.problems) > 10:
            hint(f"and {len(error.problems) - 10} more like these.")
        return None
    if not sheet.rows:
        problem_note("There are headings in this file, but no rows below them.")
        return None
    return TakenIn(name or "Pasted table", sheet)
