"""YAML as plain values, with the line of each: every scalar is a text, whatever it looks like."""

from collections.abc import Mapping
from typing import Any

import yaml

from services.errors import BasketError

_DEEPEST = 20
_MOST = 20_000
"""Parts in one script."""
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
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadScript(
            f"Line {line}: a control character, which YAML does not allow. Delete it."
        ) from error
    except (OverflowError, RecursionError, ValueError, yaml.YAMLError) as error:
        raise BadScript("Line 1: this is no YAML, or nested too deep.") from error
    lines: dict[Path, int] = {}
    return _plain(node, (), lines), lines


def _plain(node: Any, path: Path, lines: dict[Path, int]) -> Any:
    if node is None:
        return None
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    # A part may stand for another one, and so for very many.
    if len(path) > _DEEPEST or len(lines) > _MOST:
        raise BadScript(f"Line {line}: there is too much in this script, or it is nested too deep.")
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, (*path, place), lines) for place, each in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise BadScript(f"Line {line}: a name is one word, and not a list.")
        if key.value in found:
            raise BadScript(f"Line {line}: “{key.value}” is given twice. Leave one of them out.")
        lines[(*path, key.value)] = line
        found[key.value] = _plain(value, (*path, key.value), lines)
    return found
