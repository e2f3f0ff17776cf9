"""How the app is served: on which port, with which routes, and what it says when it starts."""

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from fastapi.responses import JSONResponse
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket

from app import sandboxes, warm_up
from app.addresses import reachable
from app.api.modules import Preload, module
from app.api.pictures import picture
from app.api.report import report
from app.api.routes import Api
from app.basket import Basket
from app.bootstrap import Application
from app.open_files import raise_limit
from app.security.authentication import AuthenticationMiddleware
from app.security.request_guard import RequestGuard
from app.security.requests import ROLE_HEADER
from app.security.reverse_proxy import Proxied
from app.security.tokens import keys_of
from app.settings import ROOT, Settings, load
from app.shell.context import draw_pages_over
from app.streamlit_compat.patches import apply_patches
from services.access import role_named
from services.errors import StartRefused

MAIN = ROOT / "app" / "main.py"
_GRACE_SECONDS = 1
_FOR_GUESTS = {"live", "asset", "browser", "pictures"}
"""First parts of paths; a route is the presenter's until it is said here that it is not."""
_PLACED = (Route, Mount, WebSocketRoute)
_SWEEP_SECONDS = 60
Services = Callable[[], Basket]


def routes(application: Application) -> list[BaseRoute]:
    """What is served beside the pages."""
    services = application.services
    return [
        Route("/healthz", partial(_health, services)),
        Route("/report", partial(report, services)),
        Route("/pictures/{name}", partial(picture, services)),
        Route("/browser/{version}/{path:path}", module),
        WebSocketRoute("/live", partial(_live, services)),
        Mount("/asset", app=Api(services)),
    ]


def middleware(application: Application) -> list[Middleware]:
    """What stands before every route and the websocket."""

    def settings() -> Settings:
        return application.services().settings

    own = {route.path.split("/")[1] for route in routes(application) if isinstance(route, _PLACED)}
    return [
        Middleware(Proxied, settings=settings),
        Middleware(
            RequestGuard,
            at_home=lambda: settings().is_local,
            public=lambda: settings().public_site,
        ),
        Middleware(
            AuthenticationMiddleware,
            settings=settings,
            sessions=lambda: application.services().sessions,
            kept=own - _FOR_GUESTS,
        ),
        Middleware(Preload),
    ]


async def _live(services: Services, websocket: WebSocket) -> None:
    shared = services()
    copy = shared.copies.named(websocket.query_params.get("copy", ""))
    role = role_named(websocket.headers.get(ROLE_HEADER, ""))
    await (copy or shared).live.serve(websocket, role or "guest")


def _health(services: Services, _: Request) -> JSONResponse:
    health = services().health()
    # What a start could not read is no reason to be taken for one that did not start.
    return JSONResponse(health, 200 if health["status"] in ("ok", "damaged") else 503)


def lifespan(application: Application) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """From the first request to the last: the services are there, and are closed afterwards."""
    return partial(_lifespan, application)


@asynccontextmanager
async def _lifespan(application: Application, _: Any) -> AsyncIterator[None]:
    if problem := raise_limit():
        logging.getLogger(__name__).warning(problem)
    basket = await asyncio.to_thread(application.services)
    draw_pages_over(application.services)
    if basket.settings.streamlit_patches == "on":
        apply_patches()
    freezing = asyncio.create_task(warm_up.keep_frozen())
    loading = asyncio.create_task(asyncio.to_thread(warm_up.load_what_pages_need))
    warming = asyncio.create_task(asyncio.to_thread(warm_up.load_basket, basket))
    sweeping = asyncio.create_task(_sweep(basket))
    try:
        yield
    finally:
        freezing.cancel()
        sweeping.cancel()
        await asyncio.gather(loading, warming)
        await asyncio.to_thread(application.close)


async def _sweep(basket: Basket) -> None:
    """Remove the copies that nobody looks at any more."""
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        await asyncio.to_thread(sandboxes.sweep, basket)


def serve(app: Any, application: Application) -> None:
    """Serve until Ctrl-C; refuses with a sentence and exit code 2 if the surroundings are unfit."""
    # Before Moto is started, which has the same limit; the lifespan says if it stays too low.
    raise_limit()
    try:
        settings = load()
        listener = _listen(settings)
        basket = application.services()
    except StartRefused as refusal:
        sys.exit(f"Asset Basket does not start: {refusal}")
    _quieten()
    print(_banner(listener, basket), flush=True)  # noqa: T201 - for whoever started it
    config = uvicorn.Config(
        app,
        log_level="warning",
        timeout_graceful_shutdown=_GRACE_SECONDS,
        ws="websockets-sansio",
        # On loopback, compressing each message costs more than sending it.
        ws_per_message_deflate=False,
        # Whose headers count is for our own middleware to say, which knows the settings.
        proxy_headers=False,
    )
    # uvicorn raises Ctrl-C anew once everything is closed; there is nothing more to say then.
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def _listen(settings: Settings) -> socket.socket:
    """The socket to serve on; the next free port if the default one is taken."""
    chosen = "port" in settings.model_fields_set
    for port in range(settings.port, settings.port + (1 if chosen else 100)):
        try:
            return _bind(settings.host, port)
        except OSError as error:
            reason = error.strerror
    raise StartRefused(
        f"{settings.host}:{settings.port} cannot be served on ({reason}). Set BASKET_PORT."
    )


def _bind(host: str, port: int) -> socket.socket:
    # Named TCP, a socket gets TCP_NODELAY from asyncio; otherwise each click waits 40 ms for an
    # acknowledgement that the other side delays (measured, Streamlit 1.67).
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _banner(listener: socket.socket, basket: Basket) -> str:
    settings, state = basket.settings, basket.server.state
    host, port = reachable(settings.host), listener.getsockname()[1]
    address = settings.public_url or f"http://{host}:{port}"
    moved = "" if port == settings.port else f"  (port {settings.port} is taken)"
    how = "started for you" if state.started_here else "found running"
    careful = "" if state.ours else ", not durable and not safe for several writers"
    return "\n".join(
        [
            "",
            "  Asset Basket is ready",
            f"    Open      {address}{moved}",
            f"    API       {address}/asset/docs",
            f"    DynamoDB  {state.endpoint}, table {settings.table} ({how}{careful})",
            f"    Data      {_data_of(settings, state.foreign_data_dir)}",
            *_secrets(settings),
            "    Stop      Ctrl-C",
            "",
        ]
    )


def _secrets(settings: Settings) -> list[str]:
    """What lets people in from elsewhere, for whoever started the app to hand out."""
    if settings.is_local:
        return []
    keys = keys_of(settings)
    return [f"    Presenter {keys.presenter}", f"    Programs  Authorization: Bearer {keys.token}"]


def _data_of(settings: Settings, foreign: str) -> str:
    own = _short(settings.data_dir)
    return (
        f"{foreign}  (another app's, whose Moto runs there; {own} is not used)" if foreign else own
    )


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _quieten() -> None:
    """The terminal belongs to the person who started the app: warnings and errors only."""
    logging.getLogger("streamlit").setLevel(logging.WARNING)
