"""Streamlit's websocket, spoken as a browser speaks it: one visitor, without a browser."""

import asyncio
import json
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

Value = str | bool | int | list[str]
RUN_SECONDS = 120.0
"""A run that takes longer has failed."""

# Which field of the protocol's WidgetState carries the value of which widget.
STATE_FIELD = {
    "selectbox": "string_value",
    "radio": "string_value",
    "text_input": "string_value",
    "multiselect": "string_array_value",
    "button_group": "string_array_value",  # pills and segmented controls
    "checkbox": "bool_value",
    "button": "trigger_value",
    "pagination": "int_value",
}
FIELDS: dict[type, tuple[str, ...]] = {
    str: ("string_value",),
    list: ("string_array_value",),
    bool: ("bool_value", "trigger_value"),
    int: ("int_value",),
}
_TOLD = "$$STREAMLIT_INTERNAL_KEY_"
FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


class PageError(RuntimeError):
    """The script showed an error instead of its page."""


@dataclass(frozen=True)
class Widget:
    """What is needed to change a widget that a run has drawn."""

    kind: str
    label: str
    id: str
    fragment: str
    options: tuple[str, ...]
    query_key: str


@dataclass(frozen=True)
class Part:
    """One of our own pieces of page, as it was drawn last."""

    id: str
    fragment: str
    data: Mapping[str, Any]


@dataclass
class Run:
    """One run of the script, seen from outside; `seconds` from our request to its end."""

    seconds: float = 0.0
    messages: int = 0
    size: int = 0
    elements: Counter[str] = field(default_factory=Counter)


class Visitor:
    """One browser tab: the widgets it sees and the values it has given them."""

    def __init__(self, stream: ClientConnection, page: str, query: str) -> None:
        self._stream = stream
        self._page = page
        self._query: dict[str, Value] = {}
        self._first_query = query
        self._page_hash = ""
        self._values: dict[tuple[str, str], Value] = {}
        self._cached: dict[str, int] = {}
        self._runs = 0
        self.widgets: dict[tuple[str, str], Widget] = {}
        self.parts: dict[str, Part] = {}
        """By their keys."""

    @property
    def page_hash(self) -> str:
        """By what the protocol names the page that was drawn last."""
        return self._page_hash

    async def open(self, page: str, query: str = "") -> Run:
        """Go to another page."""
        self._page, self._page_hash = page, ""
        self._query, self._first_query = {}, query
        self._values.clear()
        self.widgets.clear()
        self.parts.clear()
        return await self.rerun()

    async def tell(self, key: str, event: str, value: Any) -> Run:
        """Have one of our own pieces of page tell something, and wait for the end of the rerun."""
        part = self.parts[key]
        state = json.dumps([{"event": event, "value": value}])
        return await self._ask(self._request(part.fragment, {f"{_TOLD}{part.id}__events": state}))

    async def leave_while_drawing(self, page_hash: str, part: str) -> list[str]:
        """Ask for another page, and at once for a part of this one, as news does that comes then.

        Returns the pages that were drawn, by their hashes, up to the end of one more run.
        """
        left, fragment = self._page_hash, self.parts[part].fragment
        self._page_hash = page_hash
        await self._stream.send(self._request(""))
        self._page_hash = left
        await self._stream.send(self._request(fragment))
        drawn = await self._pages_until_finished()
        self._page_hash = drawn[-1]
        await self._stream.send(self._request(""))
        return drawn + await self._pages_until_finished()

    async def press_just_before_news(self, label: str, fragment: str = "") -> str:
        """Press a button, and ask for the page again at once; returns the query it leads to.

        `fragment`: what the browser takes it to be part of. Raises TimeoutError if it leads
        nowhere.
        """
        pressed = self._request(fragment, pressed=self.find(label, True).id)
        await self._stream.send(pressed)
        await self._stream.send(self._request(""))
        async with asyncio.timeout(RUN_SECONDS):
            while True:
                message = ForwardMsg.FromString(await self._stream.recv(decode=False))
                if message.WhichOneof("type") == "page_info_changed":
                    return str(message.page_info_changed.query_string)

    async def _pages_until_finished(self) -> list[str]:
        drawn: list[str] = []
        while True:
            message = ForwardMsg.FromString(await self._stream.recv(decode=False))
            if message.WhichOneof("type") == "new_session":
                drawn.append(message.new_session.page_script_hash)
            elif message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and message.HasField(
                "script_finished"
            ):
                return drawn

    def find(self, label: str, value: Value) -> Widget:
        """The widget with this label that can take such a value."""
        fields = FIELDS[type(value)]
        for (kind, name), widget in self.widgets.items():
            if name == label and STATE_FIELD[kind] in fields:
                return widget
        raise LookupError(f"nothing “{label}” for {value!r} among {sorted(self.widgets)}")

    async def change(self, label: str, value: Value) -> Run:
        """Give the widget this value, as a click does, and wait for the end of the rerun."""
        widget = self.find(label, value)
        self._values[widget.kind, widget.label] = value
        if widget.query_key:
            self._query[widget.query_key] = value
        return await self.rerun(fragment=widget.fragment)

    async def rerun(self, fragment: str = "") -> Run:
        """Ask for a run and wait for its end."""
        return await self._ask(self._request(fragment))

    async def _ask(self, request: bytes) -> Run:
        start = time.perf_counter()
        await self._stream.send(request)
        run = await self._until_finished()
        run.seconds = time.perf_counter() - start
        return run

    def _request(
        self, fragment: str, told: Mapping[str, str] | None = None, pressed: str = ""
    ) -> bytes:
        self._runs += 1
        message = BackMsg()
        state = message.rerun_script
        state.query_string = urlencode(self._query, doseq=True) or self._first_query
        state.page_script_hash = self._page_hash
        # A deep link names its page by its path; afterwards the page is known by its hash.
        state.page_name = "" if self._page_hash else self._page
        state.fragment_id = fragment
        # The browser keeps big messages for two runs and lets the server name them instead.
        state.cached_message_hashes.extend(
            name for name, run in self._cached.items() if run >= self._runs - 2
        )
        for key, value in self._values.items():
            if key in self.widgets:
                self._add_state(message, self.widgets[key], value)
        for name, said in (told or {}).items():
            state.widget_states.widgets.add(id=name, json_trigger_value=said)
        if pressed:
            state.widget_states.widgets.add(id=pressed, trigger_value=True)
        return bytes(message.SerializeToString())

    @staticmethod
    def _add_state(message: BackMsg, widget: Widget, value: Value) -> None:
        state = message.rerun_script.widget_states.widgets.add()
        state.id = widget.id
        name = STATE_FIELD[widget.kind]
        if isinstance(value, list):
            # An emptied list is a choice too, unlike a list that was never there.
            state.string_array_value.SetInParent()
            state.string_array_value.data.extend(value)
        else:
            setattr(state, name, value)

    async def _until_finished(self) -> Run:
        run = Run()
        while True:
            payload = await self._stream.recv(decode=False)
            message = ForwardMsg.FromString(payload)
            run.messages += 1
            run.size += len(payload)
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._note(message.delta, run)
                if message.metadata.cacheable:
                    self._cached[message.hash] = self._runs
            elif kind == "ref_hash":
                self._cached[message.ref_hash] = self._runs
                run.elements["(unchanged)"] += 1
            elif kind == "new_session":
                self._page_hash = message.new_session.page_script_hash
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                # The address is another one now, and goes along with the next request.
                asked = message.page_info_changed.query_string
                self._query, self._first_query = dict(parse_qs(asked)), ""
            elif kind == "page_not_found":
                raise PageError(f"there is no page “{self._page}”")
            elif kind == "script_finished":
                if message.script_finished in FINISHED:
                    return run
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise PageError("the script does not compile")

    def _note(self, delta: Delta, run: Run) -> None:
        if delta.WhichOneof("type") != "new_element":
            run.elements["(block)"] += 1
            return
        element = delta.new_element
        kind = element.WhichOneof("type") or "empty"
        run.elements[kind] += 1
        if kind == "exception" and not element.exception.is_warning:
            raise PageError(f"{element.exception.type}: {element.exception.message}")
        if kind == "alert" and element.alert.format == Alert.ERROR:
            raise PageError(element.alert.body)
        if kind == "bidi_component":
            self._note_part(element.bidi_component, delta.fragment_id)
        if kind in STATE_FIELD:
            drawn = getattr(element, kind)
            options = [getattr(o, "content", o) for o in getattr(drawn, "options", ())]
            label = getattr(drawn, "label", "")
            self.widgets[kind, label] = Widget(
                kind,
                label,
                drawn.id,
                delta.fragment_id,
                tuple(options),
                getattr(drawn, "query_param_key", ""),
            )

    def _note_part(self, drawn: Any, fragment: str) -> None:
        key = drawn.id.split("-", 2)[-1]
        kind = drawn.WhichOneof("data")
        text = drawn.json if kind == "json" else drawn.mixed.json if kind == "mixed" else "{}"
        self.parts[key] = Part(drawn.id, fragment, json.loads(text or "{}"))


@asynccontextmanager
async def visiting(
    url: str, page: str = "", query: str = "", cookies: str = ""
) -> AsyncIterator[Visitor]:
    """Open a page of a Streamlit site (http://host:port), its first run done."""
    async with connect(
        f"{url.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=Origin(url),
        proxy=None,
        max_size=None,
        ping_interval=None,
        open_timeout=30,
        additional_headers={"Cookie": cookies} if cookies else None,
    ) as stream:
        # Chromium does the same; a delayed acknowledgement would otherwise cost 40 ms.
        stream.transport.get_extra_info("socket").setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )
        visitor = Visitor(stream, page, query)
        await visitor.rerun()
        yield visitor
