"""Takes access away where a session or a token has ended, also from who is connected."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable

from starlette.types import Message, Receive

from services.errors import StoreUnavailable
from services.sessions.service import SessionService

_LOOK_SECONDS = 1.0
"""So long after its end a pass may still be good."""


class OpenSessions:
    """Which sessions are on, as of the last second."""

    def __init__(self, sessions: Callable[[], SessionService]) -> None:
        self._sessions = sessions
        self._codes: frozenset[str] = frozenset()
        self._looked = -math.inf

    async def has(self, code: str) -> bool:
        """Whether the session is on; yes for none, and while nobody can say."""
        fresh = time.monotonic() - self._looked < _LOOK_SECONDS
        if not code or (fresh and code in self._codes):
            return True
        try:
            self._codes = await asyncio.to_thread(self._look)
        except StoreUnavailable:
            return True
        self._looked = time.monotonic()
        return code in self._codes

    def _look(self) -> frozenset[str]:
        return frozenset(one.code for one in self._sessions().all() if one.is_open)


class GuardedReceive:
    """Hears a websocket while its pass is good; then it is as if the visitor had left."""

    def __init__(self, receive: Receive, is_good: Callable[[], Awaitable[object]]) -> None:
        self._receive = receive
        self._is_good = is_good
        self._coming: asyncio.Future[Message] | None = None
        self._look_at = time.monotonic() + _LOOK_SECONDS

    async def hear(self) -> Message:
        """What comes next."""
        while True:
            coming = self._coming = self._coming or asyncio.ensure_future(self._receive())
            await asyncio.wait({coming}, timeout=max(0.0, self._look_at - time.monotonic()))
            if time.monotonic() >= self._look_at:
                self._look_at = time.monotonic() + _LOOK_SECONDS
                if not await self._is_good():
                    return {"type": "websocket.disconnect", "code": 1008}
            if coming.done():
                self._coming = None
                return coming.result()

    def hang_up(self) -> None:
        """Stop receiving."""
        if self._coming:
            self._coming.cancel()
