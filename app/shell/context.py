"""Page context: over which services a page is drawn, for whom, and under which model.

A page makes it once, at its top; so does a callback, which runs before its page. What they call is
given it, or the part that it needs.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from app.basket import Basket
from app.security.requests import ROLE_HEADER
from app.shell import identity
from services.access import Role, role_named
from services.model.current import ModelSnapshot, begin


@dataclass(frozen=True)
class Context:
    """One run of a page, or one click on it."""

    shared: Basket
    """The services over what everybody shares."""
    basket: Basket
    """Those over what this visitor looks at: a sandbox, or what everybody shares."""
    role: Role
    snapshot: ModelSnapshot
    """The model in force, and what is wrong with the file that is not."""

    @property
    def presents(self) -> bool:
        """Whether the visitor may do what a presenter does."""
        return self.role == "presenter"


_application: Callable[[], Basket] | None = None
"""Streamlit has one runtime in a process, and starts its pages without arguments."""


def draw_pages_over(application: Callable[[], Basket]) -> None:
    """Have all pages of this process use the services that this returns."""
    global _application
    _application = application


def context() -> Context:
    """The context of the page or the callback that begins now.

    Raises StoreUnavailable while the app is closing.
    """
    if _application is None:
        raise RuntimeError("no application was given to draw pages over")
    shared = _application()
    own = shared.copies.of(identity.person()) if len(shared.copies) and identity.number() else None
    # Asked whenever something begins: what a click calls for is done before the page is drawn.
    told = role_named(st.context.headers.get(ROLE_HEADER, ""))
    return Context(shared, own or shared, told or shared.settings.default_role, begin())
