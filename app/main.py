"""The frame around every page: look, navigation, who one is, how the store is."""

from contextlib import suppress
from dataclasses import replace
from typing import Literal

import streamlit as st

from app.features.feedback import widget
from app.features.kept import KEPT
from app.features.leading import following
from app.features.sandbox import sandbox
from app.features.tour import panel as touring
from app.shell import frame, identity, routes, state
from app.shell.connection import reconnection, updates
from app.shell.context import context
from services.errors import StoreUnavailable

here = context()
frame.dress()
reconnection.resume(KEPT)
rest: Literal["visible", "hidden"] = "visible" if here.presents else "hidden"
page = st.navigation(
    [
        st.Page(routes.BROWSE, title="Browse", icon=":material/table_rows:", default=True),
        st.Page(routes.ADD, title="Add asset", icon=":material/add_circle:"),
        st.Page(routes.IMPORT, title="Import", icon=":material/upload:", url_path="import"),
        st.Page(routes.ACTIVITY, title="Activity", icon=":material/history:"),
        st.Page(routes.BIN, title="Bin", icon=":material/delete:"),
        st.Page(routes.MODEL, title="Model", icon=":material/schema:", visibility=rest),
        st.Page(
            routes.SCENARIOS, title="Scenarios", icon=":material/auto_stories:", visibility=rest
        ),
        st.Page(routes.FEEDBACK, title="Feedback", icon=":material/forum:"),
        st.Page(routes.REVIEW, title="Review", icon=":material/compare:", visibility=rest),
        st.Page(routes.PRESENT, title="Present", icon=":material/co_present:", visibility=rest),
        st.Page(routes.TOUR, title="Tour", icon=":material/explore:"),
        st.Page(routes.JOIN, title="Join", visibility="hidden"),
        st.Page(routes.ASSET, title="Asset", visibility="hidden"),
    ],
    position="top",
)
state.visit(page.title)
identity.arrive(here.shared.presence, page.title)
touring.follow_address(here.shared)
basket = sandbox.take_place(here.shared)
here = replace(here, basket=basket)
above = st.container()
tour = st.container()
frame.forget()
updates.look(here)
with suppress(StoreUnavailable):
    basket.migration.note_model()
page.run()
basket.server.look()
with above:
    # Drawn last, since only now it is known how the store answered this page.
    frame.warning(basket.catalogue.freshness, basket.server.state, here.snapshot.problem)
    sandbox.badge(basket)
if touring.is_on(basket):
    with tour:
        # After the page: what it has just done may be what the tour waits for.
        touring.panel()
frame.footer()
widget.bar()
following.strip()
reconnection.strip(KEPT, basket.copy)
