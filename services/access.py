"""Roles: guests look, add and comment; everything else is for presenters."""

from typing import Literal

from services.errors import NotAllowed

Role = Literal["guest", "presenter"]
_ROLES: dict[str, Role] = {"guest": "guest", "presenter": "presenter"}


def role_named(name: str) -> Role | None:
    """The role of this name; None if there is none."""
    return _ROLES.get(name)


def check_presenter(role: Role) -> None:
    """Raises NotAllowed for every other role."""
    if role != "presenter":
        raise NotAllowed
