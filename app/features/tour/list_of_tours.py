"""The tours that there are, with what has become of each of their steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from app.features.sandbox import sandbox
from app.features.scenarios.words import title
from app.shell.context import Context
from app.shell.links import link
from app.shell.messages import hint
from app.shell.routes import BROWSE
from app.shell.words import as_label
from services.access import Role
from services.assets.service import AssetService
from services.tour.expecting import objection
from services.tour.progress import Passage, Progress
from services.tour.script import Script
from services.tour.service import Tour


@dataclass(frozen=True)
class Command:
    """A tour that somebody wants to follow."""

    script: str
    afresh: bool = False
    load: str = ""
    """The scenario that is to be loaded before it, and nothing else."""


@dataclass(frozen=True)
class Start:
    """What is to be known before a tour is begun."""

    private: bool
    scenario: str
    objection: str
    """Why it does not fit what is in the basket, if it does not."""


def start_of(script: Script, assets: AssetService) -> Start:
    """What is to be known of this one. Raises StoreUnavailable."""
    return Start(script.private, script.scenario, objection(script, assets))


def offer(
    scripts: Mapping[str, Script],
    now: Tour | None,
    ways: Sequence[Progress],
    starts: Mapping[str, Start],
    here: Context,
) -> Command | None:
    """Draw every tour; returns what was asked for."""
    commands = [
        _one(name, script, now, _latest(name, ways), starts[name], here)
        for name, script in scripts.items()
    ]
    if not commands:
        st.markdown("There are no tours.")
    return next((command for command in commands if command), None)


def not_offered(mistakes: Sequence[str], role: Role) -> None:
    """Tell who presents why a script that was written is not among the tours."""
    if mistakes and role == "presenter":
        with st.container(border=True, key="not offered"):
            st.markdown("**Left out, until it can be read:**")
            for mistake in mistakes:
                hint(mistake)


def begun() -> None:
    """Off to where it begins."""
    st.switch_page(BROWSE)


def loaded(scenario: str) -> None:
    """Say so, and draw the page again."""
    st.toast(f"“{as_label(title(scenario))}” is loaded.", icon=":material/check:")
    st.rerun()


def _latest(name: str, ways: Sequence[Progress]) -> Progress | None:
    mine = [one for one in ways if one.script == name]
    return max(mine, key=lambda one: one.since, default=None)


def _one(
    name: str, script: Script, now: Tour | None, way: Progress | None, start: Start, here: Context
) -> Command | None:
    with st.container(border=True, key=f"tour {name}"):
        st.markdown(f"#### {as_label(script.title)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"{len(script.steps)} steps", width="content")
            with st.popover("Copy link", icon=":material/link:", type="tertiary"):
                st.caption("Whoever opens it follows this tour.")
                st.code(link(f"?tour={name}", here.shared.settings), language=None)
        command = _before(name, start, here.role) or _buttons(name, now, way)
        st.markdown("\n".join(_step(step.name, step.say, way) for step in script.steps))
    return command


def _before(name: str, start: Start, role: Role) -> Command | None:
    """Say what it begins with, where that has to be known."""
    scenario = as_label(title(start.scenario))
    if start.private:
        st.caption(sandbox.about(start.scenario))
    if not start.objection:
        return None
    hint(start.objection)
    if role == "guest":
        return None
    asked = st.button(
        f"Load “{scenario}” first",
        icon=":material/swap_horiz:",
        key=f"load {name}",
        help="Replaces everything that is in the basket. One step on Scenarios undoes it.",
    )
    return Command(name, load=start.scenario) if asked else None


def _buttons(name: str, now: Tour | None, way: Progress | None) -> Command | None:
    if now and now.progress.script == name:
        st.markdown(f"You are at step {now.place + 1}: it goes along above every page.")
    with st.container(horizontal=True):
        word = "Go on" if way else "Start the tour"
        if st.button(word, type="primary", icon=":material/play_arrow:", key=f"go {name}"):
            return Command(name)
        if way and st.button("Start again", icon=":material/replay:", key=f"again {name}"):
            return Command(name, afresh=True)
    return None


def _step(name: str, say: str, way: Progress | None) -> str:
    passage = way.passage(name) if way else Passage()
    sign = "✓ done" if passage.reached else "skipped" if passage.skipped else ""
    spent = f", {passage.seconds} s" if sign and passage.seconds else ""
    return f"1. {as_label(say)}" + (f" **({sign}{spent})**" if sign else "")
