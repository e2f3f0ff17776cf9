"""How long one visitor waits for a rerun after a click, by page and by number of assets."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator

from tests.bench.clicks import LABEL, choices
from tests.bench.protocol import PageError, visiting
from tests.bench.report import Result, at_most
from tests.bench.seeding import afternoon_with, product_with
from tests.bench.servers import Site, bare
from tests.bench.stats import in_turns, p50

WARM_UP = 8
"""First reruns of a visitor, not counted: imports, caches and connections are made there."""


@contextlib.contextmanager
def clicking(
    runner: asyncio.Runner, site: Site, clicks: int
) -> Iterator[Callable[[], list[float]]]:
    """A visitor of the site: each call makes so many clicks and gives their milliseconds."""
    visit = visiting(site.url)
    visitor = runner.run(visit.__aenter__())
    values = choices(visitor)

    async def click(times: int) -> list[float]:
        runs = [await visitor.change(LABEL, next(values)) for _ in range(times)]
        return [run.seconds * 1000 for run in runs]

    try:
        runner.run(click(min(WARM_UP, clicks)))
        yield lambda: runner.run(click(clicks))
    except PageError as error:
        # The page may hide what happened; the server's log does not.
        raise site.process.failure(f"showed an error ({error})") from error
    finally:
        runner.run(visit.__aexit__(None, None, None))


def at_500_assets() -> list[Result]:
    """One session, a page with 500 assets."""
    with asyncio.Runner() as runner, contextlib.ExitStack() as stack:
        sites = {
            "ours": stack.enter_context(product_with(500)),
            "bare": stack.enter_context(bare()),
            "afternoon": stack.enter_context(afternoon_with(500)),
        }
        clicks = {"ours": 20, "bare": 20, "afternoon": 5}
        samples = in_turns(
            {
                name: stack.enter_context(clicking(runner, site, clicks[name]))
                for name, site in sites.items()
            },
            rounds=10,
        )
    ours, nothing, afternoon = (p50(samples[name]) for name in sites)
    return [
        Result("rerun of Browse, 500 assets ÷ of a bare page", "ms", at_most(0.35), ours, nothing),
        Result(
            "rerun of Browse, 500 assets ÷ of the afternoon's page",
            "ms",
            at_most(0.1),
            ours,
            afternoon,
        ),
    ]


def at_5000_assets() -> list[Result]:
    """One session, a page with 5,000 assets."""
    with asyncio.Runner() as runner, contextlib.ExitStack() as stack:
        ours = stack.enter_context(product_with(5000))
        rival = stack.enter_context(afternoon_with(5000))
        samples = in_turns(
            {
                "ours": stack.enter_context(clicking(runner, ours, 20)),
                "afternoon": stack.enter_context(clicking(runner, rival, 1)),
            },
            rounds=8,
        )
    return [
        Result(
            "rerun of Browse, 5,000 assets ÷ of the afternoon's page",
            "ms",
            at_most(0.02),
            p50(samples["ours"]),
            p50(samples["afternoon"]),
        )
    ]


def at_50000_assets() -> list[Result]:
    """One session, our page with 50,000 assets against our page with 500."""
    with asyncio.Runner() as runner, contextlib.ExitStack() as stack:
        many = stack.enter_context(product_with(50_000))
        few = stack.enter_context(product_with(500))
        samples = in_turns(
            {
                "many": stack.enter_context(clicking(runner, many, 20)),
                "few": stack.enter_context(clicking(runner, few, 20)),
            },
            rounds=10,
        )
    return [
        Result(
            "rerun of Browse, 50,000 assets ÷ 500 assets",
            "ms",
            at_most(1.3),
            p50(samples["many"]),
            p50(samples["few"]),
        )
    ]
