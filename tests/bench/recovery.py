"""How long nobody can change anything after Moto was killed."""

import http.client
import json
import os
import signal
import time
import urllib.error
import urllib.request
from typing import Any

from tests.bench.processes import ServerError
from tests.bench.report import NotMeasured, Result, at_most
from tests.bench.seeding import product_with
from tests.bench.servers import Site, health
from tests.bench.stats import p50

KILLS = 5
GIVE_UP_SECONDS = 30.0


def _call(site: Site, method: str, path: str, body: object = None) -> Any:
    """What the API answers; None if it says to come back later, or nothing."""
    request = urllib.request.Request(
        site.url + path,
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json", "Accept": "application/json"},
        method=method,
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=GIVE_UP_SECONDS) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        if error.code == 503:
            return None
        if error.code == 405:
            raise NotMeasured(f"the API has no {method} of an asset yet") from error
        raise ServerError(f"{method} {path}: {error.code} {error.read()[:500]!r}") from error
    except (OSError, http.client.HTTPException):
        return None


def _edit_after_kill(site: Site, identifier: str) -> float:
    """Kill Moto; seconds until an edit of the asset has succeeded."""
    path = f"/asset/{identifier}"
    current = _call(site, "GET", path)
    change = {"name": f"Edited after {current['version']}", "version": current["version"]}
    os.kill(int(health(site)["pid"]), signal.SIGKILL)
    start = time.perf_counter()
    while _call(site, "PATCH", path, change) is None:
        if time.perf_counter() - start > GIVE_UP_SECONDS:
            raise site.process.failure("did not get over the death of its Moto")
        time.sleep(0.02)
    seconds = time.perf_counter() - start
    if (edited := _call(site, "GET", path)) is None or edited["name"] != change["name"]:
        raise site.process.failure(f"says that it edited, but shows {edited}")
    return seconds


def after_a_kill() -> list[Result]:
    """kill -9 of Moto with 5,000 assets, until an edit through the API succeeds."""
    with product_with(5000) as site:
        identifier = _call(site, "GET", "/asset/?limit=1")["items"][0]["identifier"]
        seconds = [_edit_after_kill(site, identifier) for _ in range(KILLS)]
    return [
        Result(
            "kill -9 of Moto until an edit succeeds, 5,000 assets", "s", at_most(5), p50(seconds)
        )
    ]
