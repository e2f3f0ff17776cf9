"""How fast changes are stored: through the service, and by the Moto server underneath."""

import contextlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import boto3

from app import bootstrap
from app.settings import Settings
from services.assets.service import AssetService
from services.model.asset import AssetInput
from services.model.query import AssetQuery
from tests.bench.dynamo import Dynamo
from tests.bench.processes import free_port
from tests.bench.report import Result, at_least, at_most
from tests.bench.seeding import OUR_TABLE, assets, create_table, our_item
from tests.bench.servers import durable_moto, scratch, stock_moto
from tests.bench.stats import in_turns, p50

ADDS = 40
WARM_UP = 10
WRITERS = 8
WRITES = 60
"""Writes a writer makes in a round."""


@contextlib.contextmanager
def _service() -> Iterator[AssetService]:
    """Our service over a fresh data folder, wired as the app wires it."""
    with scratch() as folder:
        endpoint = f"http://127.0.0.1:{free_port()}"
        basket = bootstrap.build(Settings(data_dir=folder, dynamodb_endpoint=endpoint))
        try:
            # Starts Moto if that has not happened, and loads the catalogue.
            basket.assets.browse(AssetQuery(limit=0))
            yield basket.assets
        finally:
            basket.close()


def _adder(service: AssetService) -> Callable[[], list[float]]:
    """Each call adds assets; milliseconds from the call until the catalogue shows the asset."""

    def add(times: int = ADDS) -> list[float]:
        samples = []
        for asset in assets(times):
            entered = AssetInput.model_validate(
                {name: asset[name] for name in ("name", "tag", "liquidityProfile", "ccy")}
            )
            before = service.browse(AssetQuery(limit=0)).everything
            start = time.perf_counter()
            service.add(entered, by="bench")
            after = service.browse(AssetQuery(limit=0)).everything
            samples.append((time.perf_counter() - start) * 1000)
            if after != before + 1:
                raise RuntimeError(f"the catalogue shows {after} assets after {before} and one")
        return samples

    add(WARM_UP)
    return add


def _putter(endpoint: str) -> Callable[[], list[float]]:
    """Each call puts items with boto3 and nothing else; milliseconds of each put."""
    client = boto3.client(
        "dynamodb",
        endpoint_url=endpoint,
        region_name="eu-west-1",
        aws_access_key_id="bench",
        aws_secret_access_key="bench",
    )

    def put(times: int = ADDS) -> list[float]:
        samples = []
        for asset in assets(times):
            item = our_item(asset)
            start = time.perf_counter()
            client.put_item(TableName=OUR_TABLE, Item=item)
            samples.append((time.perf_counter() - start) * 1000)
        return samples

    put(WARM_UP)
    return put


def add() -> list[Result]:
    """Adding an asset, on disk and in the catalogue, against a put that a crash would lose."""
    with _service() as service, stock_moto() as stock:
        create_table(stock.url, stream=True)
        samples = in_turns({"ours": _adder(service), "put": _putter(stock.url)}, rounds=8)
    return [
        Result(
            "add, journaled and in the catalogue ÷ a bare put on stock Moto",
            "ms",
            at_most(2),
            p50(samples["ours"]),
            p50(samples["put"]),
        )
    ]


def _writers(endpoint: str) -> Callable[[], list[float]]:
    """Each call lets all writers write at once; the writes per second that they got together."""
    create_table(endpoint, stream=True)
    numbers = count()

    def write(dynamo: Dynamo) -> None:
        for asset in assets(WRITES):
            item = our_item(asset) | {"PK": {"S": f"ASSET#{next(numbers)}"}}
            dynamo.call("PutItem", TableName=OUR_TABLE, Item=item)

    def round_() -> list[float]:
        with contextlib.ExitStack() as stack, ThreadPoolExecutor(WRITERS) as pool:
            clients = [
                stack.enter_context(contextlib.closing(Dynamo(endpoint))) for _ in range(WRITERS)
            ]
            start = time.perf_counter()
            # Drawing the results raises what a writer raised.
            list(pool.map(write, clients))
            return [WRITERS * WRITES / (time.perf_counter() - start)]

    round_()
    return round_


def writes() -> list[Result]:
    """Eight writers at once: every write on our server's disk, on the stock server's in memory."""
    with scratch() as folder, durable_moto(folder) as durable, stock_moto() as stock:
        samples = in_turns({"ours": _writers(durable.url), "stock": _writers(stock.url)}, rounds=10)
    return [
        Result(
            "eight writers at once, durable server ÷ stock server",
            "writes/s",
            at_least(1),
            p50(samples["ours"]),
            p50(samples["stock"]),
        )
    ]
