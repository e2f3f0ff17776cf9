"""Roles: guests look, add and comment; everything else is for presenters."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, ParamSpec, TypeVar

from services.errors import NotAllowed

Role = Literal["guest", "presenter"]
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_role: ContextVar[Role | None] = ContextVar("role", default=None)
_usual: Role = "presenter"


def _nobody() -> Role | None:
    return None


_recognised: Callable[[], Role | None] = _nobody


def set_default_role(role: Role) -> None:
    """Take everybody for this who is not known to be something else."""
    global _usual
    _usual = role


def set_role_resolver(by: Callable[[], Role | None]) -> None:
    """Ask this who it is that asks, where nobody has said so; None: it cannot tell."""
    global _recognised
    _recognised = by


@contextmanager
def acting_as(role: Role) -> Iterator[None]:
    """Have this role inside the block."""
    token = _role.set(role)
    try:
        yield
    finally:
        _role.reset(token)


def presents() -> bool:
    """Whether whoever asks may do what a presenter does."""
    return _present_role() == "presenter"


def check_presenter() -> None:
    """Raises NotAllowed for everybody else."""
    if not presents():
        raise NotAllowed


def capture_role(deed: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """The deed, done later and elsewhere for whoever asks now."""
    role = _present_role()

    def done(*args: Asked.args, **named: Asked.kwargs) -> Answer:
        with acting_as(role):
            return deed(*args, **named)

    return done


def _present_role() -> Role:
    return _role.get() or _recognised() or _usual
