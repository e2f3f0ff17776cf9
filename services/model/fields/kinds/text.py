"""Texts: a line, several lines, addresses."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import EmailStr
from pydantic.networks import _BaseUrl
from pydantic_core import ErrorDetails

from services.model.annotation import Unwrapped, unwrap
from services.model.fields.cells import as_text, stripped
from services.model.fields.marks import NotEmpty, Paragraphs
from services.model.fields.spec import Cell, FieldSpec, Kind, Layout
from services.model.fields.texts import as_stored
from services.model.fields.widget import Widget

_LONG = 200
"""A text that may be longer than this gets a box of several lines."""
_LENGTHS = frozenset({"min_length", "max_length"})


class _Texts(Kind):
    in_lists = True
    sample = "x"
    textual = True
    by_part = True
    range = None
    widget = Widget.LINE
    limits = _LENGTHS | {"pattern"}
    mistakes: Mapping[str, str] = {}

    def display(self, spec: FieldSpec, value: Any) -> str:
        return as_stored(value)


class Text(_Texts):
    """A line of text."""

    name = "text"
    title, plural = "Text", "texts"
    spelling = "str, Text"
    layout: Layout = "text"
    room = 140

    def takes(self, said: Unwrapped) -> bool:
        """A str, and every list of it."""
        return said.base is str and (said.many or not _is_long(said))

    def typed(self, spec: FieldSpec, text: str) -> Any:
        """Nothing is a text as well where the model would take its default for nothing."""
        empty = "" if spec.filled_in and not spec.nullable else None
        return text if text.strip() else empty

    def reader(self, spec: FieldSpec) -> Callable[[Cell], Any]:
        """Keeps space around; where the model takes no empty text, an empty cell is nothing."""
        said = unwrap(spec.info) if spec.info else None
        refuses_empty = bool(said and (said.limit("min_length") or said.mark(NotEmpty)))
        strips = bool(said and said.limit("strip_whitespace"))

        def read(cell: Cell) -> Any:
            text = cell if isinstance(cell, str) else as_text(cell)
            if isinstance(text, str) and refuses_empty and not (text.strip() if strips else text):
                return None
            return text

        return read


class LongText(Text):
    """A text of several lines."""

    name = "long text"
    title = "Text of several lines"
    spelling = "LongText"
    layout = "long"
    room = 100
    widget = Widget.AREA

    def takes(self, said: Unwrapped) -> bool:
        return said.base is str and not said.many and _is_long(said)


class _Address(_Texts):
    layout = "text"
    room = 36

    def reader(self, spec: FieldSpec) -> Callable[[Cell], Any]:
        return stripped(as_text)


class Email(_Address):
    """An e-mail address."""

    name = "email"
    title, plural = "E-mail address", "e-mail addresses"
    spelling = "EmailStr"
    sample = "ada@example.com"
    action = "copy"

    def takes(self, said: Unwrapped) -> bool:
        return said.base is EmailStr

    def explain(self, spec: FieldSpec, detail: ErrorDetails, subject: str) -> str | None:
        reason = detail.get("ctx", {}).get("reason")
        if detail["type"] != "value_error" or not reason:
            return None
        return f"{subject if spec.many else 'This'} is not an e-mail address. {reason}"


class Url(_Address):
    """A web address."""

    name = "url"
    title, plural = "Web address", "web addresses"
    spelling = "HttpUrl"
    sample = "https://example.com/"
    limits = _LENGTHS
    action = "link"
    mistakes: Mapping[str, str] = {"url": "has to be a web address such as https://example.com"}

    def takes(self, said: Unwrapped) -> bool:
        return isinstance(said.base, type) and issubclass(said.base, _BaseUrl)

    def brief(self, spec: FieldSpec, value: Any) -> str:
        text = self.display(spec, value)
        return text.partition("://")[2].rstrip("/") or text

    def explain(self, spec: FieldSpec, detail: ErrorDetails, subject: str) -> str | None:
        """With the schemes, if that is what is wrong."""
        schemes = detail.get("ctx", {}).get("expected_schemes")
        if schemes:
            return f"{subject} has to begin with {str(schemes).replace(chr(39), '')}."
        return super().explain(spec, detail, subject)


def _is_long(said: Unwrapped) -> bool:
    limit = said.limit("max_length")
    return said.mark(Paragraphs) is not None or (limit is not None and limit > _LONG)
