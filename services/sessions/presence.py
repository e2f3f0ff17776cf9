"""Presence: who has the app open, and on which page; known to this process only."""

import threading
from dataclasses import dataclass, replace

_MOST = 2000
"""Tabs to remember; of more, those that have been gone for longest are forgotten."""


@dataclass(frozen=True)
class Tab:
    """An open page of somebody's."""

    person: str
    name: str
    page: str
    sockets: int = 0
    """How many lines it holds open; none: it is closed, or on its way to another page."""


class Presence:
    """The tabs that are open."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tabs: dict[str, Tab] = {}
        self.revision = 0
        """Rises whenever somebody comes, leaves or turns to another page."""

    def at(self, tab: str, person: str, name: str, page: str) -> None:
        """Note who looks at which page in a tab."""
        with self._lock:
            before = self._tabs.pop(tab, Tab(person, name, ""))
            self._note(tab, replace(before, person=person, name=name, page=page), before)
            self._trim()

    def who(self, tab: str) -> tuple[str, str]:
        """The person who looks at a tab, and its name; both empty for a tab that nobody knows."""
        with self._lock:
            found = self._tabs.get(tab)
            return (found.person, found.name) if found else ("", "")

    def opened(self, tab: str) -> None:
        """Note that a tab holds a line open; after a restart it may before it is drawn again."""
        self._count(tab, 1)

    def closed(self, tab: str) -> None:
        """Note that it no longer does."""
        self._count(tab, -1)

    def here(self) -> dict[str, tuple[str, ...]]:
        """By person: the pages that they have open, the last one looked at first."""
        with self._lock:
            found: dict[str, tuple[str, ...]] = {}
            for tab in reversed(self._tabs.values()):
                if tab.sockets > 0 and tab.person:
                    pages = found.get(tab.person, ())
                    found[tab.person] = (*pages, tab.page) if tab.page not in pages else pages
            return found

    def _count(self, tab: str, by: int) -> None:
        with self._lock:
            before = self._tabs.get(tab, Tab("", "", ""))
            self._note(tab, replace(before, sockets=max(0, before.sockets + by)), before)
            self._trim()

    def _trim(self) -> None:
        while len(self._tabs) > _MOST:
            del self._tabs[next(iter(self._tabs))]

    def _note(self, tab: str, after: Tab, before: Tab) -> None:
        self._tabs[tab] = after
        if after != before:
            self.revision += 1
