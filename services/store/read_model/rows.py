"""What the read model keeps of an item: its fields as text, and the item itself."""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pyarrow as pa

from services.model.fields.kinds.temporal import utc
from services.model.fields.spec import FieldSpec
from services.model.fields.texts import texts_of
from services.store.attributes import Item, dumps
from services.store.parsing import tell_once
from services.store.table import ASSET_PREFIX, META, identifier_of, key_of

KEY, LINE, HAYSTACK, BINNED = "#key", "#line", "#haystack", "#binned"
"""Columns that are no attribute; a builder's field cannot have such a name."""

_SYSTEM = pa.schema(
    [
        (KEY, pa.string()),
        ("identifier", pa.string()),
        (LINE, pa.string()),
        (HAYSTACK, pa.string()),
        (BINNED, pa.bool_()),
        ("version", pa.string()),
        ("createdAt", pa.string()),
        ("createdBy", pa.string()),
        ("updatedAt", pa.string()),
        ("updatedBy", pa.string()),
    ]
)
_SLAB = 5_000
"""Rows that are Python objects at once, which take ten times the room that they have in columns."""
MOMENTS = ("createdAt", "updatedAt")
PEOPLE = ("createdBy", "updatedBy")
_LAST_SECOND = 2e10
"""What is more are milliseconds, as pydantic understands it."""


def schema(specs: Iterable[FieldSpec]) -> "pa.Schema":
    """The columns under a model: of each field its text, and what it is put in order by."""
    columns = _SYSTEM
    for spec in specs:
        kind = pa.list_(pa.string()) if spec.many else pa.string()
        columns = columns.append(pa.field(spec.name, kind))
        if spec.numeric:
            columns = columns.append(pa.field(measure(spec.name), pa.float64()))
    return columns


def measure(name: str) -> str:
    """The column that holds a field's numbers."""
    return f"#{name}"


def rows(items: Iterable[Item], specs: tuple[FieldSpec, ...]) -> "pa.Table":
    """The assets among these items."""
    kind = schema(specs)
    found = (made for item in items if (made := _readable_row(item, specs)) is not None)
    slabs = iter(lambda: list(islice(found, _SLAB)), [])
    tables = (pa.Table.from_pylist(slab, schema=kind) for slab in slabs)
    return pa.concat_tables([kind.empty_table(), *tables]).combine_chunks()


def is_asset(key: str) -> bool:
    """Whether what has this key is an asset."""
    return key.startswith(ASSET_PREFIX) and key.endswith(f"|{META}")


def fold(text: str) -> str:
    """The text as it is compared in a search: case, width and composition do not count."""
    clean = text.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFKC", clean).casefold()


def _readable_row(item: Item, specs: tuple[FieldSpec, ...]) -> dict[str, Any] | None:
    """The item's row; None for what is no asset, or cannot be read, which is logged once."""
    try:
        return row(item, specs)
    except Exception as error:  # noqa: BLE001 - one item must not take away the others
        key = f"{item.get('PK')}"[:200]
        tell_once(f"item {key} cannot be read, left out: {type(error).__name__}: {error}")
        return None


def row(item: Item, specs: tuple[FieldSpec, ...]) -> dict[str, Any] | None:
    """What is kept of an item under a model with these fields; None for what is no asset."""
    key = key_of(item)
    if not is_asset(key):
        return None
    shown = {spec.name: _value(item, spec) for spec in specs}
    numbers = {measure(spec.name): _number(shown[spec.name]) for spec in specs if spec.numeric}
    return {
        KEY: key,
        "identifier": identifier_of(key),
        LINE: dumps(item),
        HAYSTACK: fold("\n".join(_searched(shown.values()))),
        BINNED: _text(item.get("deletedAt")) is not None,
        "version": _text(item.get("version")),
        **{name: _moment(item.get(name)) for name in MOMENTS},
        **{name: _text(item.get(name)) for name in PEOPLE},
        **shown,
        **numbers,
    }


def _searched(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, list):
            yield from value
        elif value:
            yield value


def _value(item: Item, spec: FieldSpec) -> str | list[str] | None:
    """The field's text, or the texts of a list; the model's default where nothing is stored."""
    attribute = outer = item.get(spec.path[0])
    if len(spec.path) > 1:
        attribute = (outer or {}).get("M", {}).get(spec.path[1])
    if attribute is None and (default := _default(spec, outer)) is not None:
        texts = texts_of(default)
        return list(texts) if spec.many else texts[0]
    if spec.many:
        return _texts(attribute)
    text = _text(attribute)
    return text and spec.kind.comparable(text)


def _default(spec: FieldSpec, outer: Any) -> Any:
    return spec.default if outer is None else spec.filling


def _texts(attribute: dict[str, Any] | None) -> list[str] | None:
    if attribute is None or "NULL" in attribute:
        return None
    inside = attribute.get("L")
    if inside is not None:
        return [text for entry in inside if (text := _text(entry)) is not None]
    several = attribute.get("SS") or attribute.get("NS")
    return [str(text) for text in several] if several else [_text(attribute) or ""]


def _text(value: dict[str, Any] | None) -> str | None:
    """An attribute as text; the common types without boto3's deserializer, which takes longer."""
    if value is None or "NULL" in value:
        return None
    simple = value.get("S") or value.get("N")
    if isinstance(simple, str):
        return simple
    return texts_of(value["BOOL"])[0] if "BOOL" in value else str(next(iter(value.values())))


def _moment(attribute: dict[str, Any] | None) -> str | None:
    """A moment of the record, which programs may also have written as seconds since 1970."""
    text = _text(attribute)
    seconds = _number(text)
    if text is None or seconds is None:
        return utc(text) if text else None
    if abs(seconds) > _LAST_SECOND:
        seconds /= 1000
    try:
        return utc(datetime.fromtimestamp(seconds, UTC).isoformat())
    except (ArithmeticError, ValueError, OSError):
        return text


def _number(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def version_of(item: Item) -> str:
    """The item's version as text; empty if it has none."""
    return _text(item.get("version")) or ""
