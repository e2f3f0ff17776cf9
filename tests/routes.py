"""Every route of the app as it is served, found in the app itself: a new one is among them."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

from app.settings import ROOT

_LIST = """
import json
from starlette.routing import Mount, WebSocketRoute
from app.api.routes import api_of
from services.model.current import current
from streamlit_app import app

def told(routes, before=""):
    for route in routes:
        if isinstance(route, Mount) and route.path == "/asset":
            yield from told(api_of(current()).routes, "/asset")
        elif isinstance(route, WebSocketRoute):
            yield ["websocket", before + route.path, ["GET"]]
        else:
            yield ["http", before + route.path, sorted(getattr(route, "methods", None) or ["GET"])]

print(json.dumps(list(told(app._build_starlette_app().routes))))
"""


@dataclass(frozen=True)
class Place:
    """A route with one of its methods."""

    kind: str
    path: str
    """With something in place of each parameter."""
    method: str


@cache
def places() -> tuple[Place, ...]:
    """Streamlit’s, ours and the API’s; in a process of its own, since Streamlit has one runtime."""
    listed = subprocess.run(
        [sys.executable, "-c", _LIST], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = {
        Place(kind, re.sub(r"\{[^}]*\}", "x", path) or "/", method)
        for kind, path, methods in json.loads(listed.stdout)
        for method in methods
    }
    return tuple(sorted(found, key=lambda place: (place.path, place.method)))
