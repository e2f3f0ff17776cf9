"""How many reruns ten visitors get in a second when they all click at once."""

import asyncio
import contextlib
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor

from tests.bench.clicks import LABEL, choices
from tests.bench.protocol import visiting
from tests.bench.report import Result, at_least
from tests.bench.seeding import product_with
from tests.bench.servers import bare
from tests.bench.stats import in_turns, p50

SESSIONS = 10
WARM_UP_SECONDS = 1.0
MEASURED_SECONDS = 4.0


def reruns_per_second(url: str, sessions: int = SESSIONS) -> float:
    """Reruns per second that so many visitors of a page get, each clicking without a pause."""
    return asyncio.run(_load(url, sessions))


def in_own_process(url: str, sessions: int = SESSIONS) -> float:
    """The same from a process of its own, so that the visitors' work does not disturb ours."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(reruns_per_second, url, sessions).result()


async def _load(url: str, sessions: int) -> float:
    async with contextlib.AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(visiting(url)) for _ in range(sessions)]
        start = time.perf_counter() + WARM_UP_SECONDS
        end = start + MEASURED_SECONDS

        async def click(visitor_number: int) -> int:
            visitor = visitors[visitor_number]
            values = choices(visitor)
            counted = 0
            while (now := time.perf_counter()) < end:
                await visitor.change(LABEL, next(values))
                counted += start <= now and time.perf_counter() <= end
            return counted

        counts = await asyncio.gather(*(click(number) for number in range(sessions)))
    return sum(counts) / MEASURED_SECONDS


def ten_sessions() -> list[Result]:
    """Ten sessions at once, 500 assets."""
    with product_with(500) as ours, bare() as rival:
        samples = in_turns(
            {
                "ours": lambda: [in_own_process(ours.url)],
                "bare": lambda: [in_own_process(rival.url)],
            },
            rounds=4,
        )
    return [
        Result(
            "ten sessions at once, Browse with 500 assets ÷ a bare page",
            "reruns/s",
            at_least(3),
            p50(samples["ours"]),
            p50(samples["bare"]),
        )
    ]
