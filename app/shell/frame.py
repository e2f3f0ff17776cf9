"""What is the same on every page: look, logo, who one is, how the store is."""

import base64
from functools import cache

import streamlit as st

from app import browser_files
from app.security.oidc import is_configured
from app.shell import state
from app.shell.identity import has_pass, signed_in_as
from app.shell.identity import who as who
from app.shell.keyboard.keys import keys
from app.shell.markup import show_html
from app.shell.messages import tell
from app.shell.words import as_label
from services.names import LONGEST_NAME
from services.store.moto_process.server import ServerState
from services.store.read_model.screen import Freshness


def dress() -> None:
    """Set the tab's title, the logo and the styles that Streamlit's theme has no words for."""
    st.set_page_config(
        page_title="Asset Basket", page_icon=_picture("icon.svg"), layout="wide", menu_items={}
    )
    st.logo(_picture("logo.svg"), size="large")
    st.html(_style())


@cache
def _picture(name: str) -> str:
    """As a data: address, which Streamlit passes on; a file it would read and hash each click."""
    content = base64.b64encode(browser_files.text(f"shell/{name}").encode()).decode()
    return f"data:image/svg+xml;base64,{content}"


@cache
def _style() -> str:
    ours = browser_files.text("shell/frame.css")
    return f"<style>{ours}{browser_files.text('streamlit_compat/streamlit.css')}</style>"


def forget() -> None:
    """Before a page is drawn with its frame: what the frame said before does not count any more."""
    state.remember(state.SAID, None)


def warning(freshness: Freshness, server: ServerState, model_problem: str) -> None:
    """Say above the page what everybody should know; nothing if all is well."""
    state.remember(state.SAID, _warnings(freshness, server, model_problem))
    _tell_restart(server.restarts)
    if model_problem:
        tell("The model as saved does not work; the last good one is in use.", model_problem)
    if freshness.away_since is not None:
        _tell_away(server.unavailable)
    if not server.ours:
        st.badge("A plain Moto: not durable, not safe for several writers", color="orange")
    if server.refusing:
        tell("Nothing can be changed: the store cannot keep it.", server.refusing)
    if server.note:
        tell(
            "Not all of what was stored could be read when the store started.",
            "See on Browse and Activity what is missing, and bring it back from a checkpoint on "
            "Scenarios or from a backup. The damaged files are kept, in the data folder under "
            "journal/damaged.",
            server.note,
        )


def _tell_away(reason: str) -> None:
    told = "The store is not answering: this is what was last seen"
    if reason:
        tell(f"{told}.", reason)
    else:
        st.badge(told, color="orange")


def keep_up(freshness: Freshness, server: ServerState, model_problem: str) -> None:
    """At the end of a page that is drawn without its frame: draw both, if the frame has news."""
    said = state.recall(state.SAID)
    if said is not None and said != _warnings(freshness, server, model_problem):
        st.rerun()


def _warnings(freshness: Freshness, server: ServerState, model_problem: str) -> tuple[object, ...]:
    away = freshness.away_since is not None
    reason = server.unavailable if away else ""
    return (away, reason, server.ours, server.note, server.refusing, server.restarts, model_problem)


def footer() -> None:
    """Say where the data is, and who one is taken for."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="foot"
    ):
        st.caption("A demo: its data stays on this machine.", width="content")
        keys()
        with st.popover(f"You are {as_label(who())}", icon=":material/person:", type="tertiary"):
            _myself()


def _myself() -> None:
    """Who one is taken for, and the ways in and out, where there are any."""
    name = signed_in_as()
    if name:
        show_html("<p>Signed in as <strong>{{ name }}</strong></p>", name=name)
    else:
        st.text_input(
            "Your name",
            key=state.WHO,
            placeholder="Guest",
            max_chars=LONGEST_NAME,
            persist_state="session",
            help="Shown beside what you add and change.",
        )
    if name:
        st.button("Sign out", icon=":material/logout:", on_click=st.logout)
    elif is_configured():
        st.button("Sign in", icon=":material/login:", on_click=st.login)
    if has_pass():
        show_html('<a class="basket-way" href="leave" target="_self">Sign out on this device</a>')


def _tell_restart(restarts: int) -> None:
    """Once a tab: the store was away for a moment, and nothing came of it."""
    known = state.recall(state.RESTARTS, restarts)
    state.remember(state.RESTARTS, restarts)
    if restarts > known:
        st.toast("We’re back – nothing was lost.", icon=":material/restart_alt:")
