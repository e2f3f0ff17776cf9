"""Somebody in a session, without a browser: their page follows others, as in updates.js."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.bench.protocol import Value, Visitor, visiting

_REST_SECONDS = 0.25
"""So long a page has to have been at rest before news are drawn: see `updates.js`."""
_LIVE = ("live", "live notices")


@dataclass
class Person:
    """One tab of one person; what goes wrong is raised when it is closed."""

    number: int
    visitor: Visitor
    line: ClientConnection
    news: int = 0
    seen: dict[str, float] = field(default_factory=dict)
    """By a comment's number: when this person's board has shown it."""
    _marks: Mapping[str, str] = field(default_factory=dict)
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    _rested: float = 0.0
    _said: int = 0

    async def open(self, page: str, query: str = "") -> None:
        """Go to another page."""
        async with self._busy:
            await self.visitor.open(page, query)
            self._look()

    async def click(self, label: str, value: Value) -> float:
        """Give a widget a value; the seconds until the page is drawn, its other work included."""
        begun = time.perf_counter()
        async with self._busy:
            await self.visitor.change(label, value)
            self._look()
        return time.perf_counter() - begun

    async def say(self, text: str) -> str:
        """Send a comment from the page that one is on; its number once the app has it."""
        self._said += 1
        number = f"{time.time_ns() // 1000:x}{self.number:03}{self._said:04}"
        data = self.visitor.parts["talk"].data
        said = {"id": number, "kind": "idea", "text": text, "viewport": "1440×900"}
        here = {"page": data["page"], "session": data["session"], "theme": "light"}
        async with self._busy:
            await self.visitor.tell("talk", "said", [said | here | {"address": ""}])
            self._look()
        told = self.visitor.parts["talk"].data
        if number not in told["kept"]:
            raise RuntimeError(f"comment {number} was not kept: {told['refused']}")
        return number

    async def follow(self) -> None:
        """Have what is drawn from something else drawn again, for as long as the line is open."""
        hearing = asyncio.create_task(self._hear())
        try:
            while not hearing.done():
                await asyncio.sleep(0.02)
                if time.perf_counter() - self._rested >= _REST_SECONDS and not self._busy.locked():
                    await self._catch_up()
            hearing.result()
        finally:
            hearing.cancel()

    async def _hear(self) -> None:
        async for text in self.line:
            self._marks = json.loads(text)

    async def _catch_up(self) -> None:
        for key in _LIVE:
            part = self.visitor.parts.get(key)
            if (
                part
                and self._marks
                and any(self._marks[of] != was for of, was in part.data["marks"].items())
            ):
                async with self._busy:
                    await self.visitor.tell(key, "news", dict(self._marks))
                    self.news += 1
                    self._look()

    def _look(self) -> None:
        """Note what the board shows now."""
        self._rested = time.perf_counter()
        board = self.visitor.parts.get("board")
        for entry in board.data["entries"] if board else ():
            self.seen.setdefault(entry["id"], self._rested)


@asynccontextmanager
async def attending(url: str, number: int, page: str = "") -> AsyncIterator[Person]:
    """Somebody whose browser has opened a page of the app and follows what happens."""
    cookies = f"basket_person={number:032x}; basket_name=Person%20{number}"
    async with visiting(url, page, cookies=cookies) as visitor:
        tab = visitor.parts["live notices"].data["tab"]
        address = f"{url.replace('http', 'ws', 1)}/live?tab={tab}"
        async with connect(address, origin=Origin(url), proxy=None, ping_interval=None) as line:
            person = Person(number, visitor, line)
            person._look()
            following = asyncio.create_task(person.follow())
            try:
                yield person
            finally:
                failed = following.done() and following.exception()
                following.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await following
                if failed:
                    raise failed
