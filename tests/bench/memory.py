"""How much memory a Moto server has taken after a day's work."""

import contextlib
import math
from concurrent.futures import ThreadPoolExecutor

from tests.bench.dynamo import Dynamo
from tests.bench.processes import memory_bytes
from tests.bench.report import Result, at_most
from tests.bench.seeding import OUR_TABLE, assets, create_table, our_item
from tests.bench.servers import Site, durable_moto, scratch, stock_moto

WRITES = 20_000
MB = 1024 * 1024


def _work(site: Site) -> float:
    """Write items and look at the stream after each, as the catalogue does; megabytes then."""
    create_table(site.url, stream=True)
    with contextlib.closing(Dynamo(site.url)) as dynamo:
        stream = dynamo.call("DescribeTable", TableName=OUR_TABLE)["Table"]["LatestStreamArn"]
        shards = dynamo.stream("DescribeStream", StreamArn=stream)["StreamDescription"]["Shards"]
        iterator = dynamo.stream(
            "GetShardIterator",
            StreamArn=stream,
            ShardId=shards[0]["ShardId"],
            ShardIteratorType="LATEST",
        )["ShardIterator"]
        seen = 0
        for asset in assets(WRITES):
            dynamo.call("PutItem", TableName=OUR_TABLE, Item=our_item(asset))
            answer = dynamo.stream("GetRecords", ShardIterator=iterator)
            iterator = answer["NextShardIterator"]
            seen += len(answer["Records"])
    if seen != WRITES:
        raise RuntimeError(f"{site.process.name} told of {seen} of {WRITES} writes")
    return memory_bytes(site.process.pid) / MB


def after_much_work() -> list[Result]:
    """20,000 writes and 20,000 looks at the stream, both servers at the same time."""
    with (
        scratch() as folder,
        durable_moto(folder) as durable,
        stock_moto() as stock,
        ThreadPoolExecutor(2) as pool,
    ):
        ours, rival = pool.map(_work, (durable, stock))
    return [
        Result(
            f"memory after {WRITES:,} writes and looks, durable ÷ stock server",
            "MB",
            at_most(0.5),
            math.ceil(ours),
            math.ceil(rival),
        )
    ]
