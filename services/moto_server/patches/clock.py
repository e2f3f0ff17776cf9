"""Gives Moto the time of the first run again when a request is replayed.

Reproduced: whatever Moto reads through its ``utcnow`` and ``unix_time`` (creation dates, stream
labels, SQS visibility), and ``time.time`` while a start replays. Not reproduced: the few places
that ask ``datetime.now`` themselves, such as S3's access log names.
"""

import contextlib
import datetime
import sys
import time
from collections.abc import Iterator

from moto.core import utils

from services.moto_server.patches.patching import replace

_true_time = time.time
_original_utcnow = utils.utcnow
_frozen: float | None = None
_replaying = False


def install() -> None:
    """Make Moto ask this module for the time, in the modules that are loaded and those to come."""
    replace(utils, utcnow=utcnow)
    for name, module in list(sys.modules.items()):
        if name.startswith("moto.") and getattr(module, "utcnow", None) is _original_utcnow:
            replace(module, utcnow=utcnow)


def now() -> float:
    """Seconds since 1970: the frozen time if there is one."""
    return _true_time() if _frozen is None else _frozen


@contextlib.contextmanager
def frozen(moment: float) -> Iterator[None]:
    """Within, Moto's clock stands at ``moment`` (seconds since 1970)."""
    set_to(moment)
    try:
        yield
    finally:
        set_to(None)


@contextlib.contextmanager
def replaying() -> Iterator[None]:
    """Within, ``time.time`` is frozen as well; only before anything else uses the process."""
    global _replaying
    time.time = now
    _replaying = True
    try:
        yield
    finally:
        _replaying = False
        time.time = _true_time


def set_to(moment: float | None) -> None:
    """Move the frozen clock to ``moment``, or let it run with None."""
    global _frozen
    _frozen = moment


def is_frozen() -> bool:
    """Whether Moto's clock stands still."""
    return _frozen is not None


def is_replaying() -> bool:
    """Whether a start is repeating what the journal holds."""
    return _replaying


def true_time() -> float:
    """Seconds since 1970, frozen or not."""
    return _true_time()


def utcnow() -> datetime.datetime:
    """What Moto gets for the time, without a time zone as it expects."""
    return datetime.datetime.fromtimestamp(now(), tz=datetime.UTC).replace(tzinfo=None)
