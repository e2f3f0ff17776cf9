"""Fifty people in one session: they browse, comment, and see at once what the others say."""

import asyncio
import contextlib
import json
import multiprocessing
import os
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from app import bootstrap
from app.settings import Settings
from app.shell.identity import key_of
from services.model.session import new_code
from tests.bench.clicks import LABEL, choices
from tests.bench.person import Person, attending
from tests.bench.protocol import visiting
from tests.bench.report import Result, at_most
from tests.bench.seeding import product_with
from tests.bench.servers import Site, bare, get, scratch
from tests.bench.stats import in_turns, p50, p95

Answer = TypeVar("Answer")
PEOPLE = 50
MINUTES = 2.0
"""How long they stay together."""
COMMENT_SECONDS = 20.0
THINK_SECONDS = 5.0
READ_SECONDS = 4.0
BURSTS = 6
WORDS = 12


@dataclass
class Account:
    """What has come of a session, in seconds."""

    clicks: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    news: int = 0
    errors: list[str] = field(default_factory=list)


def in_own_process(work: Callable[..., Answer], *given: object) -> Answer:
    """Do it in a process of its own, so that the people's work does not disturb ours."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *given).result()


def burst(url: str) -> list[float]:
    """Fifty people click at once, a few times; each one's seconds."""
    return asyncio.run(_burst(url))


def together(url: str, seconds: float) -> Account:
    """Fifty people are there for so long."""
    return asyncio.run(_together(url, seconds))


def heard(url: str) -> list[float]:
    """Now and then somebody comments while fifty look at the board: when each of them sees it."""
    return asyncio.run(_heard(url))


async def _burst(url: str) -> list[float]:
    async with contextlib.AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(visiting(url)) for _ in range(PEOPLE)]
        values = [choices(visitor) for visitor in visitors]
        found: list[float] = []
        for number in range(BURSTS + 1):
            clicks = (
                visitor.change(LABEL, next(wanted))
                for visitor, wanted in zip(visitors, values, strict=True)
            )
            runs = await asyncio.gather(*clicks)
            # The first time imports, caches and connections are made.
            found += [run.seconds for run in runs] if number else []
            await asyncio.sleep(0.5)
    return found


async def _together(url: str, seconds: float) -> Account:
    account = Account()
    async with _crowd(url, "") as people:
        end = time.perf_counter() + seconds
        stays = (_stay(person, end, account) for person in people)
        for outcome in await asyncio.gather(*stays, return_exceptions=True):
            if isinstance(outcome, BaseException):
                account.errors.append(repr(outcome))
        account.news = sum(person.news for person in people)
    return account


async def _stay(person: Person, end: float, account: Account) -> None:
    chance = random.Random(person.number)
    comment = time.perf_counter() + chance.uniform(0, COMMENT_SECONDS)
    wanted = choices(person.visitor)
    while (now := time.perf_counter()) < end:
        if now >= comment:
            comment = now + COMMENT_SECONDS
            account.said.append(await person.say(f"Comment of {person.number}"))
            await person.open("feedback")
            await asyncio.sleep(READ_SECONDS)
            await person.open("")
            wanted = choices(person.visitor)
        account.clicks.append(await person.click(LABEL, next(wanted)))
        await asyncio.sleep(chance.uniform(0.5, 1.5) * THINK_SECONDS)


async def _heard(url: str) -> list[float]:
    found: list[float] = []
    async with _crowd(url, "feedback") as people:
        for number in range(WORDS):
            begun = time.perf_counter()
            said = await people[number].say(f"Look at this, {number}")
            async with asyncio.timeout(60):
                while not all(said in person.seen for person in people):
                    await asyncio.sleep(0.01)
            found += [person.seen[said] - begun for person in people]
            await asyncio.sleep(1)
    return found


@contextlib.asynccontextmanager
async def _crowd(url: str, page: str) -> AsyncIterator[Sequence[Person]]:
    async with contextlib.AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(attending(url, number, page))
            for number in range(PEOPLE)
        ]


@contextlib.contextmanager
def _in_session(site: Site) -> Iterator[str]:
    """A session that is live; its code."""
    with scratch() as folder:
        settings = Settings(dynamodb_endpoint=site.endpoint, data_dir=folder)
        basket = bootstrap.build(settings)
        code = new_code()
        basket.sessions.start("Fifty people", "", by="bench", code=code, role="presenter")
        for number in range(PEOPLE):
            person = key_of(f"{number:032x}")
            basket.sessions.join(code, person=person, name=f"Person {number}")
        yield code
        basket.close()


def _kept(site: Site, code: str) -> set[str]:
    """The numbers of all comments of a session."""
    told = get(f"{site.url}/report?session={code}&format=json", timeout=60)
    return {one["identifier"] for one in json.loads(told or b"")["feedback"]}


def of_fifty(minutes: float = MINUTES) -> list[Result]:
    """Fifty people, 500 assets; the bare page is under `streamlit run`."""
    with product_with(500) as ours, bare() as rival:
        bursts = in_turns(
            {
                "ours": lambda: in_own_process(burst, ours.url),
                "bare": lambda: in_own_process(burst, rival.url),
            },
            rounds=2,
        )
        with _in_session(ours) as code:
            account = in_own_process(together, ours.url, minutes * 60)
            seen = in_own_process(heard, ours.url)
            lost = set(account.said) - _kept(ours, code)
    for error in account.errors:
        print(f"  {error}")
    stay = f"{PEOPLE} people for {minutes:g} min"
    print(
        f"  {stay}: {len(account.clicks)} clicks, {len(account.said)} comments, "
        f"{account.news} redraws for news; p50 of a click {p50(account.clicks):.2f} s, "
        f"of a comment until a person sees it {p50(seen):.2f} s; load {os.getloadavg()[0]:.1f}"
    )
    return [
        Result(f"{stay}: errors", "", at_most(0), len(account.errors)),
        Result(f"{stay}: comments lost", "", at_most(0), len(lost)),
        Result(f"{stay}: rerun after a click, p95", "s", at_most(1), p95(account.clicks)),
        Result(
            f"{PEOPLE} click at once ÷ on a bare page, p95",
            "s",
            at_most(0.5),
            p95(bursts["ours"]),
            p95(bursts["bare"]),
        ),
        Result(f"a comment until each of {PEOPLE} sees it, p95", "s", at_most(1.5), p95(seen)),
    ]
