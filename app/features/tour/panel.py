"""The tour that goes along on the pages: where one is, what to try, what is done."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, quote

import streamlit as st

from app.basket import Basket
from app.features.sandbox import sandbox
from app.shell import identity, state
from app.shell.components.component import component
from app.shell.connection import updates
from app.shell.context import Context, context
from app.shell.messages import errors
from app.shell.words import as_label
from services.address import parted
from services.errors import BasketError, StoreUnavailable
from services.model.feedback import LONGEST_TEXT
from services.model.query import AssetQuery
from services.names import leader
from services.tour.outcome import PageObservation
from services.tour.script import Where
from services.tour.service import Tour

_KEY = "tour"
_PARAMETER = "tour"


def follow_address(basket: Basket) -> None:
    """Begin the tour that a link names, or go on with it; be where everybody is led."""
    name = st.query_params.get(_PARAMETER, "")
    if name:
        del st.query_params[_PARAMETER]
        with errors():
            basket.tours.begin(name, person=identity.person(), by=identity.who())
    _go_along(basket)


def _go_along(basket: Basket) -> None:
    with suppress(StoreUnavailable):
        basket.led_tours.take_along(identity.person(), identity.who())


def is_on(basket: Basket) -> bool:
    """Whether a tour goes along with this visitor."""
    is_on = _is_on(basket)
    state.remember(state.TOURING, is_on)
    return is_on


def keep_up(basket: Basket) -> None:
    """In a part of a page that is drawn alone: draw all, if a tour has begun or ended meanwhile."""
    _go_along(basket)
    if _is_on(basket) != state.recall(state.TOURING, False):
        st.rerun()


def _is_on(basket: Basket) -> bool:
    try:
        return basket.tours.of(identity.person()) is not None
    except StoreUnavailable:
        return False


@st.fragment
def panel() -> None:
    """Draw the tour if there is one; what happens in it draws only this again."""
    here = context()
    if sandbox.is_outdated(here.shared):
        st.rerun()
    try:
        tour = _looked(here)
    except StoreUnavailable:
        return
    if tour is None:
        # Over: what else is on the page is to know, too.
        _say_who_ended_it()
        st.rerun()
    else:
        component("features/tour/tour_panel.js")(
            data=_to_props(here, tour), key=_KEY, on_sight_change=_see, on_command_change=_grant
        )
        updates.follow_for_the_tour(here)


def _say_who_ended_it() -> None:
    """To who was led: the tour is not on the page any more, and that was nobody here."""
    if name := state.recall(state.LED_BY, ""):
        state.remember(state.LED_BY, "")
        st.toast(f"{as_label(name)} has ended the tour for everybody.", icon=":material/flag:")


def _looked(here: Context) -> Tour | None:
    """The tour that is on, after a look at whether its step is done."""
    tours, person = here.basket.tours, identity.person()
    updates.look(here)
    here.basket.led_tours.take_along(person, identity.who())
    tour = tours.of(person)
    if tour is None:
        return None
    step, sight = state.recall(state.SIGHT, ("", PageObservation()))
    # What was seen for another step may look for another text.
    return tours.look(person, sight if step == tour.step.name else PageObservation())


def _to_props(here: Context, tour: Tour) -> dict[str, Any]:
    step, outcome = tour.step, tour.step.done_when
    passage = tour.progress.passage(step.name)
    return {
        "title": tour.script.title,
        "script": tour.progress.script,
        "step": step.name,
        "place": tour.place + 1,
        "count": len(tour.script.steps),
        "say": step.say,
        "try": step.try_it or "",
        "ask": step.ask or "",
        "answered": _answer(here.basket, tour) if step.ask else "",
        "longest": LONGEST_TEXT,
        "done": tour.is_done,
        "skipped": passage.skipped,
        "leading": _leading(here),
        "page": step.where.page,
        "href": _way_to(here.basket, step.where),
        "looksFor": (outcome.shows if outcome else None) or "",
    }


def _answer(basket: Basket, tour: Tour) -> str:
    """What this visitor has answered last to what the step asks; "" for nothing yet."""
    at, person = (tour.progress.script, tour.step.name), identity.person()
    told = (one for one in basket.feedback.all() if one.person == person)
    answers = (one for one in told if one.kind == "answer")
    return next((one.text for one in answers if (one.place.tour, one.place.step) == at), "")


def _leading(here: Context) -> dict[str, Any]:
    """Who leads everybody just now; nobody may offer to."""
    leading = here.basket.led_tours.now()
    mine = leading is not None and leading.led.person == identity.person()
    state.remember(state.LED_BY, leader(leading.led.name) if leading and not mine else "")
    if leading is None:
        return {"may": here.presents and here.basket.sessions.live() is not None}
    led = leading.led
    return {"by": leader(led.name), "mine": mine, "along": leading.along}


def _way_to(basket: Basket, where: Where) -> str:
    """To the page, and not to what is to be done on it."""
    if where.asset:
        found = basket.assets.browse(AssetQuery(text=where.asset, limit=100)).items
        named = (one for one in found if where.asset in one.plain().values())
        return "./asset?id=" + quote(next((one.identifier for one in named), ""), safe="")
    return "./" if where.page == "browse" else f"./{where.page}"


def _see() -> None:
    """Before anything is drawn: what the browser shows now."""
    told: Mapping[str, Any] = state.recall(_KEY, {}).get("sight") or {}
    # What is no address of ours is none of the pages that a step may look for.
    path, query = parted(str(told.get("address", ""))) or ("-", "")
    sight = PageObservation(path or "browse", parse_qs(query), told.get("shows") is True)
    state.remember(state.SIGHT, (told.get("step"), sight))


def _grant() -> None:
    """Before anything is drawn: go on, back, start again or leave."""
    told: Mapping[str, Any] = state.recall(_KEY, {}).get("command") or {}
    here, person, step = context(), identity.person(), str(told.get("step", ""))
    tours, led = here.basket.tours, here.basket.led_tours
    try:
        match told.get("what"):
            case "on":
                tours.go(person, 1, at=step)
            case "back":
                tours.go(person, -1, at=step)
            case "leave":
                state.remember(state.LED_BY, "")
                tours.leave(person)
            case "skip":
                tours.skip(person, at=step)
            case "lead":
                led.lead(str(told.get("script")), person=person, by=identity.who(), role=here.role)
            case "alone":
                led.alone(role=here.role)
            case "finish":
                led.finish(role=here.role)
            case "restart":
                tour = tours.of(person)
                if tour:
                    name = tour.progress.script
                    tours.begin(name, person=person, by=identity.who(), afresh=True)
        led.left(person)
    except StoreUnavailable:
        st.toast("The store is not answering. Try again in a moment.", icon=":material/cloud_off:")
    except BasketError as error:
        st.toast(as_label(str(error)))
