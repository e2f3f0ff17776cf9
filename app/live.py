"""Tells every open page when something has changed, so that none of them has to ask."""

import asyncio
import contextlib
import json
from collections.abc import Mapping

from starlette.websockets import WebSocket, WebSocketDisconnect

from app.leading import Window
from services.access import Role, usual
from services.leading.service import LeadService
from services.model.current import Sight, watch
from services.notices import Notices
from services.presence import Presence
from services.store.catalogue import Catalogue
from services.tour.led import LedTourService

_LOOK_SECONDS = 0.25
Marks = Mapping[str, str]
"""By what a page may show of the basket, the model, what is said and who is here: a mark that is
the same for as long as the page would look the same."""


class Live:
    """Looks at everything while somebody listens, and tells the listeners what it sees."""

    def __init__(
        self,
        catalogue: Catalogue,
        notices: Notices,
        presence: Presence,
        leads: LeadService,
        led_tours: LedTourService,
    ) -> None:
        self._catalogue = catalogue
        self._notices = notices
        self._presence = presence
        self._leads = leads
        self._led_tours = led_tours
        self._listeners: set[asyncio.Event] = set()
        self._looking: asyncio.Task[None] | None = None

    async def serve(self, websocket: WebSocket, role: Role | None = None) -> None:
        """Send the marks now and whenever one becomes another; who listens is here."""
        await websocket.accept()
        tab, name = (websocket.query_params.get(key, "")[:40] for key in ("tab", "window"))
        window = Window(self._leads, self._presence, name=name, tab=tab, role=role or usual())
        news = asyncio.Event()
        self._listeners.add(news)
        self._presence.opened(tab)
        self._leads.opened(name)
        self._looking = self._looking or asyncio.create_task(self._look())
        gone = asyncio.create_task(self._hear(websocket, window))
        try:
            while not gone.done():
                told = {**self._marks(), "leading": window.told()}
                await websocket.send_text(json.dumps(told))
                await _either(news, gone)
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            gone.cancel()
            self._listeners.discard(news)
            self._presence.closed(tab)
            self._leads.closed(name)
            self._tell()

    def look(self, sight: Sight) -> Marks:
        """Ask for news; the marks of what is drawn from now on, under the model in sight."""
        self._catalogue.refresh()
        self._notices.look()
        self._led_tours.look()
        return self._marks(sight)

    def _marks(self, sight: Sight | None = None) -> Marks:
        freshness = self._catalogue.freshness
        return {
            "basket": freshness.mark,
            "model": str((sight or watch().sight).revision),
            "talk": str(freshness.talk),
            "notices": self._notices.mark,
            "columns": self._notices.columns_mark,
            "people": str(self._presence.revision),
            "lead": self._leads.mark,
            "tour": self._led_tours.mark,
        }

    def _refresh(self) -> None:
        watch().look()
        self._catalogue.refresh()
        self._notices.look()
        self._leads.look()
        self._led_tours.look()

    async def _hear(self, websocket: WebSocket, window: Window) -> None:
        """Until the listener has left; what one page says of leading, all are told at once."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while (said := await websocket.receive())["type"] != "websocket.disconnect":
                await window.hear(said.get("text") or "")
                self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener.set()

    async def _look(self) -> None:
        """Keep asking for news until nobody listens any more."""
        marks = self._marks()
        try:
            while self._listeners:
                await asyncio.to_thread(self._refresh)
                if (seen := self._marks()) != marks:
                    marks = seen
                    self._tell()
                await asyncio.sleep(_LOOK_SECONDS)
        finally:
            # Whatever ended it: the next listener has somebody look again.
            self._looking = None


async def _either(news: asyncio.Event, gone: "asyncio.Task[None]") -> None:
    """Wait for news or for the listener to leave."""
    waiting = asyncio.create_task(news.wait())
    await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    news.clear()
