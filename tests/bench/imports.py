"""How fast a file comes in, and what it costs while it does."""

import io
import math
import threading
import time
from collections.abc import Callable

from app import bootstrap
from app.settings import Settings
from services.files.reading import read
from services.files.writing import write
from services.importing.matching import Choices, match
from services.importing.service import new_name
from services.model.current import fields
from services.model.query import AssetQuery
from tests.bench.processes import free_port, memory_bytes
from tests.bench.report import Result, at_most
from tests.bench.seeding import OUR_TABLE, assets, create_table, fill, our_item
from tests.bench.servers import post, product, scratch, stock_moto
from tests.bench.stats import in_turns, p50

ROWS = 10_000
MANY = 100_000
ROUNDS = 3
MB = 1024 * 1024
Memory = tuple[int, int]
"""Bytes of the app alone, and of the app with its Moto."""
COLUMNS = ("name", "tag", "liquidityProfile", "ccy")


def _file(count: int) -> bytes:
    out = io.BytesIO()
    write(COLUMNS, ([asset[name] for name in COLUMNS] for asset in assets(count)), "csv", out)
    return out.getvalue()


def _ours(content: bytes, previews: list[float]) -> list[float]:
    """Seconds from the confirmation until Browse shows every row."""
    with scratch() as folder:
        endpoint = f"http://127.0.0.1:{free_port()}"
        basket = bootstrap.build(Settings(data_dir=folder, dynamodb_endpoint=endpoint))
        try:
            basket.assets.browse(AssetQuery())
            name = new_name()
            begin = time.perf_counter()
            sheet = read(content)
            choices = Choices(match(sheet.columns, fields()))
            plan = basket.imports.preview(sheet, choices, name)
            previews.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            basket.imports.start(plan, sheet, name=name, title="bench", by="bench").join()
            found = basket.assets.browse(AssetQuery()).total
            seconds = time.perf_counter() - begin
        finally:
            basket.close()
    if found != ROWS:
        raise RuntimeError(f"Browse shows {found} of {ROWS} imported assets")
    return [seconds]


def _raw() -> list[float]:
    """Seconds of a plain loop that puts the same items into a stock Moto."""
    items = [our_item(asset) for asset in assets(ROWS)]
    with stock_moto() as moto:
        create_table(moto.url, stream=True)
        begin = time.perf_counter()
        fill(moto.url, OUR_TABLE, items)
        return [time.perf_counter() - begin]


def of_10000_rows() -> list[Result]:
    """An import of 10,000 rows: what it would do, and doing it."""
    content = _file(ROWS)
    previews: list[float] = []
    samples = in_turns({"ours": lambda: _ours(content, previews), "rival": _raw}, ROUNDS)
    return [
        Result(
            f"import of {ROWS:,} rows until Browse shows them ÷ a loop of BatchWriteItem",
            "s",
            at_most(1.5),
            p50(samples["ours"]),
            p50(samples["rival"]),
        ),
        Result(f"preview of {ROWS:,} rows", "s", at_most(2), p50(previews)),
    ]


def of_100000_rows() -> list[Result]:
    """How much more memory the app, and its Moto with it, take while 100,000 rows come in."""
    content = _file(MANY)
    with scratch() as folder, product(folder) as site:
        pid = site.process.pid

        def measure() -> Memory:
            return memory_bytes(pid, alone=True), memory_bytes(pid)

        idle = measure()
        peak = _highest(
            measure, lambda: post(f"{site.url}/asset/import?format=csv", content, timeout=300)
        )
    what = f"memory above idle while {MANY:,} rows are imported"
    alone, both = (math.ceil((most - before) / MB) for most, before in zip(peak, idle, strict=True))
    return [
        Result(what, "MB", at_most(400), alone),
        Result(f"{what}, with the Moto that then holds them", "MB", None, both),
    ]


def _highest(measure: Callable[[], Memory], work: Callable[[], object]) -> Memory:
    over = threading.Event()
    seen: list[Memory] = []

    def watch() -> None:
        while not over.wait(0.1):
            seen.append(measure())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        work()
    finally:
        over.set()
        watcher.join()
    alone, both = zip(*seen, strict=True)
    return max(alone), max(both)
