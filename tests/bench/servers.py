"""The servers under comparison: ours and the rivals', each on a free loopback port."""

import contextlib
import http.client
import json
import shutil
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.processes import Process, free_port, spawned, wait_until
from tests.bench.report import NotMeasured

ROOT = Path(__file__).resolve().parents[2]
RIVALS = Path(__file__).resolve().parent / "rivals"
# Proxies of the machine must not see requests to loopback.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Site:
    """A running web server; `endpoint` is the DynamoDB behind it, if it has one."""

    url: str
    process: Process
    endpoint: str = ""


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder that goes away with the block."""
    with tempfile.TemporaryDirectory(prefix="basket-bench-") as folder:
        yield Path(folder)


def get(url: str, timeout: float = 2.0) -> bytes | None:
    """The body that a URL answers with, None if nobody answers well yet."""
    try:
        with _DIRECT.open(url, timeout=timeout) as answer:
            return bytes(answer.read())
    except (urllib.error.URLError, OSError, http.client.HTTPException):
        return None


def post(url: str, body: bytes, timeout: float) -> bytes:
    """The body that a URL answers a POST with; raises URLError if it refuses."""
    with _DIRECT.open(urllib.request.Request(url, body, method="POST"), timeout=timeout) as answer:
        return bytes(answer.read())


def health(site: Site) -> dict[str, Any]:
    """What the product says about itself."""
    body = get(f"{site.url}/healthz", timeout=10)
    if body is None:
        raise site.process.failure("did not answer /healthz")
    answer: dict[str, Any] = json.loads(body)
    return answer


@contextlib.contextmanager
def product_spawned(
    data: Path,
    root: Path = ROOT,
    port: int = 0,
    script: str = "streamlit_app.py",
    files: int | None = None,
    **more: str,
) -> Iterator[Site]:
    """Our app over a data folder, as its users start it: the command has just been given.

    `root`: a copy of the project, if it is not this one. `files`: how many the process may open, if
    not as many as this one. `more`: of its environment.
    """
    if not (root / "streamlit_app.py").exists():
        raise NotMeasured("streamlit_app.py does not exist yet")
    port, moto = port or free_port(), free_port()
    environment = {
        "BASKET_HOST": "127.0.0.1",
        "BASKET_PORT": str(port),
        "BASKET_DYNAMODB_ENDPOINT": f"http://127.0.0.1:{moto}",
        "BASKET_DATA_DIR": str(data),
        **more,
    }
    command = [sys.executable, script]
    if files is not None:
        command = ["sh", "-c", f'ulimit -Sn {files}; exec "$@"', "sh", *command]
    with (
        scratch() as folder,
        spawned(
            "streamlit_app.py",
            command,
            folder=root,
            log=folder / "log",
            environment=environment,
        ) as process,
    ):
        yield Site(f"http://127.0.0.1:{port}", process, environment["BASKET_DYNAMODB_ENDPOINT"])


@contextlib.contextmanager
def product(
    data: Path,
    root: Path = ROOT,
    port: int = 0,
    script: str = "streamlit_app.py",
    files: int | None = None,
    **more: str,
) -> Iterator[Site]:
    """Our app over a data folder, ready; the arguments are as above."""
    # The one page that everybody may see.
    ready = "/enter" if more.keys() & {"BASKET_HOST", "BASKET_PUBLIC_URL"} else "/healthz"
    with product_spawned(data, root, port, script, files, **more) as site:
        wait_until(site.process, lambda: get(f"{site.url}{ready}") is not None)
        yield site


@contextlib.contextmanager
def patient_product(data: Path, root: Path = ROOT, port: int = 0, **more: str) -> Iterator[Site]:
    """The same for tests: a store on a busy machine is waited for."""
    with product(data, root, port, str(ROOT / "tests" / "patience.py"), None, **more) as site:
        yield site


@contextlib.contextmanager
def durable_moto(data: Path) -> Iterator[Site]:
    """Our Moto server by itself, ready; it writes its port to moto.json."""
    if not (ROOT / "services" / "moto_server" / "__main__.py").exists():
        raise NotMeasured("services/moto_server cannot be started yet")
    command = [sys.executable, "-m", "services.moto_server", "-p", "0", "--data-dir", str(data)]
    card = data / "moto.json"
    with (
        scratch() as folder,
        spawned("services.moto_server", command, folder=ROOT, log=folder / "log") as process,
    ):
        wait_until(process, card.exists, every=0.005)
        url = f"http://127.0.0.1:{json.loads(card.read_text())['port']}"
        yield Site(url, process, url)


@contextlib.contextmanager
def stock_moto_spawned() -> Iterator[Site]:
    """Moto's own server as shipped: the command has just been given."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "moto_server"), "-H", "127.0.0.1", "-p", str(port)]
    with (
        scratch() as folder,
        spawned("moto_server", command, folder=folder, log=folder / "log") as process,
    ):
        url = f"http://127.0.0.1:{port}"
        yield Site(url, process, url)


@contextlib.contextmanager
def stock_moto() -> Iterator[Site]:
    """Moto's own server as shipped, ready."""
    with stock_moto_spawned() as site:
        # Any page will do: Moto's dashboard is served by the same process.
        wait_until(site.process, lambda: get(f"{site.url}/moto-api/") is not None)
        yield site


@contextlib.contextmanager
def rival_spawned(name: str, endpoint: str = "") -> Iterator[Site]:
    """A script of `rivals/` under `streamlit run`: the command has just been given.

    Copied to a folder of its own, so that it gets Streamlit's defaults and not our configuration.
    """
    port = free_port()
    options = {
        "server.headless": "true",
        "server.address": "127.0.0.1",
        "server.port": str(port),
        # A benchmark does not report to anybody; this costs or saves a rerun nothing.
        "browser.gatherUsageStats": "false",
    }
    environment = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
    }
    with scratch() as folder:
        script = shutil.copy(RIVALS / f"{name}.py", folder)
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        command += [f"--{option}={value}" for option, value in options.items()]
        with spawned(
            name,
            command,
            folder=folder,
            log=folder / "log",
            environment=environment if endpoint else {},
        ) as process:
            yield Site(f"http://127.0.0.1:{port}", process, endpoint)


@contextlib.contextmanager
def bare() -> Iterator[Site]:
    """The bare page, ready."""
    with rival_spawned("bare") as site:
        wait_until(site.process, lambda: get(f"{site.url}/_stcore/health") is not None)
        yield site


@contextlib.contextmanager
def afternoon() -> Iterator[Site]:
    """The afternoon's app with a stock Moto behind it, both ready; the store is empty."""
    with stock_moto() as moto, rival_spawned("afternoon", moto.url) as site:
        wait_until(site.process, lambda: get(f"{site.url}/_stcore/health") is not None)
        yield site
