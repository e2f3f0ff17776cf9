"""Who may do what: a guest looks, adds and says; the rest is for whoever presents."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

from services.errors import NotAllowed

Role = Literal["guest", "presenter"]

_role: ContextVar[Role | None] = ContextVar("role", default=None)
_usual: Role = "presenter"


def usually(role: Role) -> None:
    """Take everybody for this who is not known to be something else."""
    global _usual
    _usual = role


def usual() -> Role:
    """What everybody is who is not known to be something else."""
    return _usual


def act_as(role: Role) -> None:
    """Take whoever asks for this, to the end of the click or request."""
    _role.set(role)


@contextmanager
def acting_as(role: Role) -> Iterator[None]:
    """The same inside the block."""
    token = _role.set(role)
    try:
        yield
    finally:
        _role.reset(token)


def presents() -> bool:
    """Whether whoever asks may do what a presenter does."""
    return (_role.get() or _usual) == "presenter"


def check_presenter() -> None:
    """Raises NotAllowed for everybody else."""
    if not presents():
        raise NotAllowed
