"""Asset: everything that is known of one."""

import streamlit as st

from app import bootstrap
from app.ui import browsing
from app.ui.facts import facts
from app.ui.notes import errors

assets = bootstrap.basket().assets

browsing.way_back()
with errors():
    facts(assets.get(st.query_params.get("id", "")))
