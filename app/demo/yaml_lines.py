"""YAML as plain values, with the line of each: every scalar is a text, whatever it looks like."""

from collections.abc import Mapping
from typing import Any

import yaml

from services.errors import BasketError

Path = tuple[str | int, ...]
"""Where a value stands: names of fields and places in lists."""


class BadScript(BasketError):  # noqa: N818 - says what it is
    """A demo script that cannot be followed; the text says where and what to write instead."""


def read_yaml(text: str) -> tuple[Any, Mapping[Path, int]]:
    """The value, and on which line each part of it begins. Raises BadScript."""
    try:
        node = yaml.compose(text, yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadScript(f"Line {line}: this is no YAML: {error.problem}.") from error
    lines: dict[Path, int] = {}
    return _plain(node, (), lines), lines


def _plain(node: Any, path: Path, lines: dict[Path, int]) -> Any:
    if node is None:
        return None
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, (*path, place), lines) for place, each in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.value in found:
            raise BadScript(f"Line {line}: “{key.value}” is given twice. Leave one of them out.")
        lines[(*path, key.value)] = line
        found[key.value] = _plain(value, (*path, key.value), lines)
    return found
