"""Makes Moto's random ids repeatable: the same seed gives a request the same ids again.

Moto draws most of them from its own ``mock_random``, some from ``random``, ``uuid.uuid4`` or
``os.urandom`` (which uuid4 uses). All of them follow the seed while a change is made. Outside
they are truly random, so that ids handed out by reads never repeat after a restart.
"""

import contextlib
import os
import random
from collections.abc import Iterator

from moto.moto_api._internal import mock_random

_truly_random = os.urandom
_source: random.Random | None = None
_seed: int | None = None


def install() -> None:
    """Put ``os.urandom`` under this module's control; nothing here needs it for secrets."""
    os.urandom = _urandom


def fresh_seed() -> int:
    """A seed of 64 bits that nobody can have used before."""
    return int.from_bytes(_truly_random(8), "big")


@contextlib.contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Within, chance follows ``seed``. Not safe for threads: callers hold the lock."""
    reseed(seed)
    try:
        yield
    finally:
        _unseed()


def reseed(seed: int) -> None:
    """Begin ``seed``'s sequence anew, for a request that let others in between."""
    global _source, _seed
    _seed = seed
    _source = random.Random(seed)  # noqa: S311
    mock_random.seed(seed)
    random.seed(seed)


def current_seed() -> int | None:
    """The seed that chance follows now, None if it follows none."""
    return _seed


def derived_seed() -> int:
    """A seed for work that goes on after the request: the same again under the same seed."""
    return int.from_bytes(_urandom(8), "big")


def _unseed() -> None:
    global _source, _seed
    _source = _seed = None
    mock_random.seed(fresh_seed())
    random.seed(fresh_seed())


def _urandom(size: int, /) -> bytes:
    return _truly_random(size) if _source is None else _source.randbytes(size)
