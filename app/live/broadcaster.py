"""Change broadcaster: tells every open page over a websocket that something has changed."""

import asyncio
import contextlib
import json
from collections.abc import Mapping

from starlette.websockets import WebSocket, WebSocketDisconnect

from app.live.leading import Window
from services.access import Role
from services.leading.service import LeadService
from services.model.current import ModelSnapshot, watch
from services.polls.notices import Notices
from services.sessions.presence import Presence
from services.store.read_model.catalogue import Catalogue
from services.tour.led import LedTourService

_LOOK_SECONDS = 0.25
Marks = Mapping[str, str]
"""By what a page may show of the basket, the model, what is said and who is here: a mark that is
the same for as long as the page would look the same."""


class ChangeBroadcaster:
    """Looks at everything while somebody listens, and tells the listeners what it sees."""

    def __init__(
        self,
        catalogue: Catalogue,
        notices: Notices,
        presence: Presence,
        leads: LeadService,
        led_tours: LedTourService,
        *,
        copy: str = "",
        shared: "ChangeBroadcaster | None" = None,
    ) -> None:
        """`copy`: the name of the copy that is looked at; `shared`: who looks at what all share."""
        self._catalogue = catalogue
        self._notices = notices
        self._presence = presence
        self._leads = leads
        self._led_tours = led_tours
        self._copy = copy
        self._shared = shared
        self._listeners: set[asyncio.Event] = set()
        self._looking: asyncio.Task[None] | None = None
        self._closed = False

    async def serve(self, websocket: WebSocket, role: Role = "guest") -> None:
        """Send the marks now and whenever one becomes another; who listens is here."""
        await websocket.accept()
        tab, name = (websocket.query_params.get(key, "")[:40] for key in ("tab", "window"))
        window = Window(self._leads, self._presence, name=name, tab=tab, role=role)
        news = asyncio.Event()
        self._listen(news)
        self._presence.opened(tab)
        self._leads.opened(name)
        gone = asyncio.create_task(self._hear(websocket, window))
        try:
            while not (gone.done() or self._closed):
                told = {**self._marks(), "leading": window.told()}
                await websocket.send_text(json.dumps(told))
                await _either(news, gone)
            if self._closed:
                await websocket.close()
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            gone.cancel()
            self._listen_no_more(news)
            self._presence.closed(tab)
            self._leads.closed(name)
            self._tell_all()

    def beside(self, catalogue: Catalogue, copy: str) -> "ChangeBroadcaster":
        """The same for who looks at a copy of the basket."""
        return ChangeBroadcaster(
            catalogue,
            self._notices,
            self._presence,
            self._leads,
            self._led_tours,
            copy=copy,
            shared=self,
        )

    def close(self) -> None:
        """Send everybody away who listens: what they look at is about to be removed."""
        self._closed = True

    def look(self, snapshot: ModelSnapshot) -> Marks:
        """Ask for news; the marks of what is drawn from now on, under this model."""
        self._catalogue.refresh()
        self._notices.look()
        self._led_tours.look()
        return self._marks(snapshot)

    def _marks(self, snapshot: ModelSnapshot | None = None) -> Marks:
        freshness = self._catalogue.freshness
        return {
            "basket": f"{self._copy} {freshness.mark}" if self._copy else freshness.mark,
            "model": str((snapshot or watch().snapshot).revision),
            "talk": str((self._shared or self)._catalogue.freshness.talk),
            "notices": self._notices.mark,
            "columns": self._notices.columns_mark,
            "people": str(self._presence.revision),
            "lead": self._leads.mark,
            "tour": self._led_tours.mark,
        }

    def _listen(self, news: asyncio.Event) -> None:
        self._listeners.add(news)
        self._looking = self._looking or asyncio.create_task(self._look())
        if self._shared:
            self._shared._listen(news)

    def _listen_no_more(self, news: asyncio.Event) -> None:
        self._listeners.discard(news)
        if self._shared:
            self._shared._listen_no_more(news)

    def _refresh(self) -> None:
        watch().look()
        self._catalogue.refresh()
        # At what all share one looks for all.
        if not self._shared:
            self._notices.look()
            self._leads.look()
            self._led_tours.look()

    async def _hear(self, websocket: WebSocket, window: Window) -> None:
        """Until the listener has left; what one page says of leading, all are told at once."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while (said := await websocket.receive())["type"] != "websocket.disconnect":
                await window.hear(said.get("text") or "")
                self._tell_all()

    def _tell_all(self) -> None:
        for listener in (self._shared or self)._listeners:
            listener.set()

    async def _look(self) -> None:
        """Keep asking for news until nobody listens any more."""
        marks = self._marks()
        try:
            while self._listeners and not self._closed:
                await asyncio.to_thread(self._refresh)
                if (seen := self._marks()) != marks:
                    marks = seen
                    self._tell_all()
                await asyncio.sleep(_LOOK_SECONDS)
        finally:
            # Whatever ended it: the next listener has somebody look again.
            self._looking = None
            for listener in self._listeners if self._closed else ():
                listener.set()


async def _either(news: asyncio.Event, gone: "asyncio.Task[None]") -> None:
    """Wait for news or for the listener to leave."""
    waiting = asyncio.create_task(news.wait())
    await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    news.clear()
