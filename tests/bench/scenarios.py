"""How fast a scenario of 5,000 assets is in the place of another."""

import time

from app import bootstrap
from app.settings import Settings
from services.model.query import EVERYTHING
from services.scenarios.crowded import COUNT, crowded
from services.store.attributes import loads
from tests.bench.processes import free_port
from tests.bench.report import Result, at_most
from tests.bench.seeding import OUR_TABLE, create_table, fill
from tests.bench.servers import scratch, stock_moto
from tests.bench.stats import in_turns, p50

ROUNDS = 3


def _ours() -> list[float]:
    """Seconds from the click until Browse shows all of it; the portfolio was there before."""
    with scratch() as folder:
        endpoint = f"http://127.0.0.1:{free_port()}"
        basket = bootstrap.build(Settings(data_dir=folder, dynamodb_endpoint=endpoint))
        try:
            basket.scenarios.load("portfolio", by="bench", role="presenter")
            begin = time.perf_counter()
            basket.scenarios.load("crowded", by="bench", role="presenter")
            found = basket.assets.browse(EVERYTHING).everything
            seconds = time.perf_counter() - begin
        finally:
            basket.close()
    if found != COUNT:
        raise RuntimeError(f"Browse shows {found} of {COUNT} assets")
    return [seconds]


def _raw() -> list[float]:
    """Seconds of a plain loop that puts the same items into a stock Moto."""
    items = [loads(line) for line in crowded()]
    with stock_moto() as moto:
        create_table(moto.url, stream=True)
        begin = time.perf_counter()
        fill(moto.url, OUR_TABLE, items)
        return [time.perf_counter() - begin]


def loading_crowded() -> list[Result]:
    """Loading *crowded* over the portfolio, which stays on the disk."""
    samples = in_turns({"ours": _ours, "rival": _raw}, ROUNDS)
    ours, rival = p50(samples["ours"]), p50(samples["rival"])
    what = f"scenario of {COUNT:,} assets until Browse shows it"
    return [
        Result(what, "s", at_most(3), ours),
        Result(f"{what} ÷ a loop of BatchWriteItem", "s", at_most(1.2), ours, rival),
    ]
