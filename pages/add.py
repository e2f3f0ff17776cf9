"""Add asset: a form drawn from the model."""

import streamlit as st

from app.features.asset_form import adding
from app.features.asset_form.form import asset_form
from app.shell.connection import updates
from app.shell.context import context
from app.shell.frame import who
from app.shell.messages import errors

here = context()
assets = here.basket.assets
draft = adding.draft()

if draft.saved:
    adding.success(draft.saved)
else:
    adding.heading()
    known = assets.values_in_use()
    entered = asset_form(draft, known, button="Add asset", icon=":material/add:")
    with errors():
        if entered:
            draft.saved = assets.add(entered, by=who(), identifier=draft.identifier)
            st.rerun()
    updates.follow_model(here)
