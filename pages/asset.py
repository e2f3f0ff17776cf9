"""Asset: everything that is known of one, and what can be done with it."""

import streamlit as st

from app.features.asset_form import conflict, editing
from app.features.asset_form.form import asset_form
from app.features.asset_page.timeline import history
from app.features.browse import browsing
from app.fields import drafts
from app.fields.facts import facts, heading
from app.shell.connection import updates
from app.shell.context import context
from app.shell.frame import who
from app.shell.messages import errors
from services.model.patch import patch_of

here = context()
basket = here.basket
assets = basket.assets
identifier = st.query_params.get("id", "")
draft = drafts.edit_of(identifier)

browsing.way_back()
with errors():
    if draft is None:
        story = assets.open(identifier)
        heading(story.asset)
        match editing.actions(story.asset):
            case "bin":
                editing.binned(assets.bin(identifier, by=who(), version=story.asset.version))
            case "restore":
                assets.restore(identifier, by=who(), version=story.asset.version)
                editing.restored()
        editing.attention(story.asset)
        facts(story.asset, basket.feedback.all())
        history(story.changes)
        updates.follow(here)
    else:
        editing.heading(draft)
        if draft.theirs:
            entered = conflict.choose(draft, draft.theirs)
        else:
            known = assets.values_in_use()
            entered = asset_form(draft, known, button="Save", icon=":material/check:")
        editing.cancel()
        if entered:
            with editing.conflicts(draft, entered):
                patch = patch_of(entered, draft.version)
                read = drafts.read_by(draft)
                assets.edit(identifier, patch, by=who(), draft=draft.name, read=read)
            editing.saved()
        updates.follow_model(here)
