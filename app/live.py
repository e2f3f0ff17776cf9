"""Tells every open page when basket or model have changed, so that none of them has to ask."""

import asyncio
import contextlib

from starlette.websockets import WebSocket, WebSocketDisconnect

from services.model.current import Sight, watch
from services.store.catalogue import Catalogue, Freshness

_LOOK_SECONDS = 0.25


class Live:
    """Looks at basket and model while somebody listens, and tells the listeners what it sees."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._listeners: set[asyncio.Event] = set()
        self._looking: asyncio.Task[None] | None = None

    async def serve(self, websocket: WebSocket) -> None:
        """Send the mark now and whenever it becomes another one."""
        await websocket.accept()
        news = asyncio.Event()
        self._listeners.add(news)
        self._looking = self._looking or asyncio.create_task(self._look())
        gone = asyncio.create_task(_until_gone(websocket))
        try:
            while not gone.done():
                await websocket.send_text(self._mark())
                await _either(news, gone)
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            gone.cancel()
            self._listeners.discard(news)

    def _mark(self) -> str:
        return mark(self._catalogue.freshness, watch().sight)

    def _refresh(self) -> None:
        watch().look()
        self._catalogue.refresh()

    async def _look(self) -> None:
        """Keep asking the store for news until nobody listens any more."""
        mark = self._mark()
        try:
            while self._listeners:
                await asyncio.to_thread(self._refresh)
                if (seen := self._mark()) != mark:
                    mark = seen
                    for listener in self._listeners:
                        listener.set()
                await asyncio.sleep(_LOOK_SECONDS)
        finally:
            # Whatever ended it: the next listener has somebody look again.
            self._looking = None


def mark(freshness: Freshness, sight: Sight) -> str:
    """The same for as long as a page would look the same: of the basket, and of the model."""
    return f"{freshness.mark}|{sight.revision}"


async def _until_gone(websocket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await websocket.receive()


async def _either(news: asyncio.Event, gone: "asyncio.Task[None]") -> None:
    """Wait for news or for the listener to leave."""
    waiting = asyncio.create_task(news.wait())
    await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    news.clear()
