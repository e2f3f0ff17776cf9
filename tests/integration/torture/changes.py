"""What writers tried and were told, and whether a table agrees with it."""

import threading
from dataclasses import dataclass, field

from services.model.history import FieldChange
from services.store.assets.items import from_item
from services.store.attributes import Item


@dataclass
class Told:
    """By token, the name that a change gives an asset: no two changes share one."""

    tried: set[str] = field(default_factory=set)
    """Sent; whether it came about is open."""
    refused: set[str] = field(default_factory=set)
    """Answered by a conflict: it must not have come about."""
    added: dict[str, str] = field(default_factory=dict)
    """Acknowledged additions: the identifier."""
    edited: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Acknowledged edits: the identifier and the version that it made."""
    strange: list[str] = field(default_factory=list)
    """Answers that nobody should get."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _versions: dict[str, int] = field(default_factory=dict)

    def saw(self, identifier: str, version: int) -> None:
        """An asset has at least this version."""
        with self._lock:
            self._versions[identifier] = max(version, self._versions.get(identifier, 0))

    def known(self) -> list[tuple[str, int]]:
        """Assets that can be edited, and the last version seen of each."""
        with self._lock:
            return list(self._versions.items())

    def complaints(self, items: dict[str, Item]) -> list[str]:
        """What is missing, unexplained or inconsistent in a table."""
        stories = {s.asset.identifier: s for s in map(from_item, items.values())}
        found = [f"strange answer: {answer}" for answer in self.strange]
        seen: dict[str, tuple[str, int]] = {}
        for identifier, stored in stories.items():
            names = _names(stored.asset.name, [change.fields for change in stored.history])
            versions = [change.version for change in stored.history]
            if versions != list(range(2, stored.asset.version + 1)):
                found.append(f"{identifier} is version {stored.asset.version} with {versions}")
            if names is None:
                found.append(f"{identifier}: the changes of its history do not follow each other")
                continue
            for version, name in enumerate(names, 1):
                if name in seen:
                    found.append(f"{name} twice: {seen[name]}, {(identifier, version)}")
                seen[name] = (identifier, version)
        found += [f"unexplained: {name}" for name in seen.keys() - self.tried]
        found += [f"refused, but there: {name}" for name in seen.keys() & self.refused]
        wanted = {name: (identifier, 1) for name, identifier in self.added.items()} | self.edited
        found += [f"missing: {n} {w}" for n, w in wanted.items() if seen.get(n) != w]
        return found


def _names(last: str, steps: list[dict[str, FieldChange]]) -> list[str] | None:
    """The names that an asset has had, oldest first; None if they do not follow each other."""
    if not steps:
        return [last]
    changes = [fields.get("name", FieldChange()) for fields in steps]
    names = [changes[0].before, *(change.after for change in changes)]
    befores = [change.before for change in changes]
    if None in names or befores != names[:-1] or names[-1] != last:
        return None
    return [str(name) for name in names]
