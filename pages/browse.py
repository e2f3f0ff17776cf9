"""Browse: what is in the basket, narrowed down and put in order by the URL."""

import streamlit as st

from app import bootstrap
from app.ui import browsing, bulk_bar, filters, live, losses
from app.ui.frame import who
from app.ui.glance import glance
from app.ui.notes import errors
from app.ui.table import table
from app.ui.undo import undo, undone
from services.model.query import EVERYTHING

basket = bootstrap.basket()
assets = basket.assets

head = browsing.heading()
with errors():
    everything = assets.browse(EVERYTHING)
    match losses.offer(basket.losses.look()):
        case "restore":
            basket.losses.restore()
            losses.done()
        case "dismiss":
            basket.losses.dismiss()
            losses.done()
    query = EVERYTHING
    if everything.is_empty_basket:
        browsing.invitation()
    else:
        browsing.add_button(head)
        top = st.container()
        query = filters.filters(everything.facets)
        page = assets.browse(query)
        with top:
            glance(page, query)
        browsing.tally(page, query)
        if page.items:
            table(page.items, sort=query.sort, view=repr(query), place="basket")
            filters.pages(page.total)
    bulk_bar.in_basket(basket.bulk, basket.exports, query, everything.facets)
    live.follow()
    if binned := undo():
        assets.restore(binned.identifier, by=who())
        undone()
