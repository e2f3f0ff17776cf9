"""Chooses the basket of a tab: the shared one, or its visitor’s sandbox during a tour."""

import streamlit as st

from app.basket import Basket
from app.features.scenarios.words import title
from app.fields import drafts
from app.shell import identity, state
from app.shell.context import context
from app.shell.messages import tell
from app.shell.words import as_label
from services.errors import CopiesRefused, StoreUnavailable
from services.sandbox.service import Wanted
from services.tour.service import Tour

_OF_ONE_BASKET = (
    state.EDIT,
    state.UNDO,
    state.PICKED,
    state.BULK,
    state.IMPORT_SHOWN,
    state.CONSIDERED,
    state.SCENARIO,
)
"""What a tab remembers of assets that are not in another basket."""
_FRESH = (
    "This is a fresh copy: anything you did in the one before is gone. “Start again” in the tour "
    "begins at its first step."
)
_AWAY = (
    "The store is not answering, so there is none just now: what you see is what everybody shares."
)


def take_place(shared: Basket) -> Basket:
    """At the start of a run: have the copy that the visitor's tour asks for, and no other.

    Returns the services over what the visitor looks at from now on.
    """
    person, tour = identity.person(), _tour(shared)
    wanted = _wanted(tour)
    state.remember(state.COPY_WANTED, wanted)
    try:
        _give_up_a_lost_one(shared, person)
        made = shared.copies.see_to(person, wanted)
    except CopiesRefused as refused:
        _refuse(shared, person, str(refused))
    except StoreUnavailable:
        state.remember(state.COPY_NOTE, _AWAY)
    else:
        if made and tour and tour.progress.is_under_way:
            state.remember(state.COPY_NOTE, _FRESH)
    basket = shared.copies.of(person) or shared
    _settle(basket.copy)
    return basket


def badge(basket: Basket) -> None:
    """Say above the page that it shows a copy, with the way back; and what became of one."""
    if note := state.recall(state.COPY_NOTE, ""):
        state.remember(state.COPY_NOTE, "")
        tell("About your own copy", note)
    if not basket.copy:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="own copy"):
        st.badge("Your own copy: nobody else sees it", icon=":material/lock:", color="green")
        st.button(
            "Back to the shared data",
            type="tertiary",
            icon=":material/arrow_back:",
            on_click=_leave,
            help="Leaves the tour. What you did in your copy is removed.",
        )


def is_outdated(shared: Basket) -> bool:
    """Whether the page was drawn from another basket than the visitor's tour asks for by now."""
    drawn_for: Wanted | None = state.recall(state.COPY_WANTED)
    return _wanted(_tour(shared)) != drawn_for


def began_with(shared: Basket) -> str:
    """The scenario that the visitor's copy began with; empty for the shared basket."""
    copies = shared.copies
    wanted = copies.wanted_by(identity.person()) if len(copies) else None
    return wanted.scenario if wanted else ""


def about(scenario: str) -> str:
    """What a private copy is, in a sentence for who is about to get one."""
    return (
        f"On a copy of your own, which begins with “{as_label(title(scenario))}”: "
        "nobody else sees what you do, and it is removed when you leave."
    )


def _tour(shared: Basket) -> Tour | None:
    try:
        return shared.tours.of(identity.person())
    except StoreUnavailable:
        return None


def _wanted(tour: Tour | None) -> Wanted | None:
    if tour is None or not tour.script.private:
        return None
    return Wanted(tour.script.scenario, tour.progress.begun)


def _give_up_a_lost_one(shared: Basket, person: str) -> None:
    """A store that forgets may have come back without the copy's table."""
    mine = shared.copies.of(person)
    if mine is None or mine.catalogue.freshness.away_since is None:
        return
    shared.catalogue.refresh()
    mine.catalogue.refresh()
    away = mine.catalogue.freshness.away_since is not None
    if away and shared.catalogue.freshness.away_since is None:
        shared.copies.end(person)


def _refuse(shared: Basket, person: str, reason: str) -> None:
    """Without a copy there is no such tour: on the shared data others would see everything."""
    state.remember(state.COPY_NOTE, reason)
    try:
        shared.tours.leave(person)
    except StoreUnavailable:
        return


def _settle(copy: str) -> None:
    """Forget what was meant for another basket."""
    before = state.recall(state.COPY, "")
    if before == copy:
        return
    if before and not copy:
        st.toast("This is the shared data again.", icon=":material/group:")
    state.remember(state.COPY, copy)
    for key in _OF_ONE_BASKET:
        state.forget(key)
    if drafts.new_asset().saved:
        drafts.start_over()


def _leave() -> None:
    try:
        context().shared.tours.leave(identity.person())
    except StoreUnavailable:
        state.remember(state.COPY_NOTE, "The store is not answering. Try again in a moment.")
