"""The order of the assets, in words, and what there is to put them in order by."""

from typing import Any

from app.features.browse import query_state
from app.fields.attributes import attributes, label_of, named
from services.model.fields.spec import FieldSpec
from services.model.query import DEFAULT_SORT, sort_keys


def in_words(sort: str) -> str:
    """The order in words: Name A–Z, then Price highest first."""
    words = [_key_in_words(spec, back) for name, back in sort_keys(sort) for spec in named([name])]
    return ", then ".join(words)


def choice(sort: str) -> dict[str, Any]:
    """What the panel needs in which the order is chosen."""
    return {
        "parameter": query_state.SORT,
        "usual": DEFAULT_SORT,
        "keys": [{"name": name, "back": back} for name, back in sort_keys(sort)],
        "fields": [
            {"name": spec.name, "label": label_of(spec), "ways": list(_ways(spec))}
            for spec in attributes()
        ],
    }


def _key_in_words(spec: FieldSpec, back: bool) -> str:
    way = _ways(spec)[back]
    if spec.name == DEFAULT_SORT.removeprefix("-"):
        return way.capitalize()
    return f"{label_of(spec)} {way}"


def _ways(spec: FieldSpec) -> tuple[str, str]:
    """How its values run, and how they run turned round."""
    return ("A–Z", "Z–A") if spec.many else spec.kind.directions(spec)
