"""Add asset: a form drawn from the model."""

import streamlit as st

from app import bootstrap
from app.ui import adding
from app.ui.form import asset_form
from app.ui.frame import who
from app.ui.notes import errors

assets = bootstrap.basket().assets
draft = adding.draft()

adding.heading()
if draft.added:
    adding.success(draft.added)
else:
    entered = asset_form(draft, assets.values_in_use())
    with errors():
        if entered:
            draft.added = assets.add(entered, by=who(), identifier=draft.identifier)
            st.rerun()
