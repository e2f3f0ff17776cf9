"""What the read model keeps of an item: its fields as text, and the item itself."""

import unicodedata
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from services.model.schema import FieldSpec, fields
from services.store.items import Item, dumps
from services.store.table import ASSET_PREFIX, META, key_of

_SYSTEM = pa.schema(
    [
        ("key", pa.string()),
        ("identifier", pa.string()),
        ("line", pa.string()),
        ("haystack", pa.string()),
        ("binned", pa.bool_()),
        ("version", pa.string()),
        ("createdAt", pa.string()),
        ("createdBy", pa.string()),
        ("updatedAt", pa.string()),
        ("updatedBy", pa.string()),
    ]
)
MOMENTS = ("createdAt", "createdBy", "updatedAt", "updatedBy")


def schema() -> "pa.Schema":
    """The columns under today's model."""
    columns = _SYSTEM
    for spec in fields():
        columns = columns.append(pa.field(spec.name, pa.string()))
    return columns


def rows(items: Iterable[Item]) -> "pa.Table":
    """The assets among these items."""
    found = [row for item in items if (row := _row(item, fields())) is not None]
    return pa.Table.from_pylist(found, schema=schema())


def is_asset(key: str) -> bool:
    """Whether what has this key is an asset."""
    return key.startswith(ASSET_PREFIX) and key.endswith(f"|{META}")


def fold(text: str) -> str:
    """The text as it is compared in a search: case, width and composition do not count."""
    clean = text.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFKC", clean).casefold()


def _row(item: Item, specs: tuple[FieldSpec, ...]) -> dict[str, Any] | None:
    key = key_of(item)
    if not is_asset(key):
        return None
    shown = {spec.name: _text(item.get(spec.name)) for spec in specs}
    return {
        "key": key,
        "identifier": key.removeprefix(ASSET_PREFIX).removesuffix(f"|{META}"),
        "line": dumps(item),
        "haystack": fold("\n".join(value for value in shown.values() if value)),
        "binned": _text(item.get("deletedAt")) is not None,
        "version": _text(item.get("version")),
        **{name: _text(item.get(name)) for name in MOMENTS},
        **shown,
    }


def _text(value: dict[str, Any] | None) -> str | None:
    """An attribute as text; the common types without boto3's deserializer, which takes longer."""
    if value is None or "NULL" in value:
        return None
    simple = value.get("S") or value.get("N")
    return simple if isinstance(simple, str) else str(next(iter(value.values())))


def version_of(item: Item) -> str:
    """The item's version as text; empty if it has none."""
    return _text(item.get("version")) or ""
