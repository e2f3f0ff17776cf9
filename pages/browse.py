"""Browse: what is in the basket, narrowed down and put in order by the page's address."""

import streamlit as st

from app.features.browse import browsing, filters, recovery
from app.features.browse.bulk import bar as bulk_bar
from app.features.browse.charts.summary import summary
from app.features.browse.saved_views import views
from app.features.browse.table.table import table
from app.features.browse.toolbar.columns import columns
from app.features.browse.toolbar.toolbar import toolbar
from app.features.browse.undo import undo, undone
from app.shell import frame
from app.shell.connection import updates
from app.shell.context import context
from app.shell.messages import errors
from services.model.query import EVERYTHING


# A click in here draws only this again, and not the frame around it: a fifth of its time.
@st.fragment
def browse() -> None:
    """Everything on the page."""
    here = context()
    updates.look(here)
    basket = here.basket
    assets = basket.assets

    head = browsing.heading()
    with errors():
        everything = assets.browse(EVERYTHING)
        match recovery.offer(basket.losses.look()):
            case "restore":
                basket.losses.restore(role=here.role)
                recovery.done()
            case "dismiss":
                basket.losses.dismiss(role=here.role)
                recovery.done()
        query = EVERYTHING
        if everything.is_empty_basket:
            browsing.invitation(shared=not here.basket.copy)
        else:
            browsing.add_button(head)
            top = st.container()
            query = filters.filters(everything.facets)
            page, saved = assets.browse(query), basket.views.all()
            with top:
                views.tabs(query, saved)
                summary(page, query)
            if command := toolbar(page, query, saved, basket.copy):
                with views.outcome(command):
                    command.execute(basket.views, views.address(query), frame.who())
            if page.items:
                said = basket.notices.on_columns
                table(
                    page.items,
                    columns(),
                    sort=query.sort,
                    view=repr(query),
                    place="basket",
                    copy=basket.copy,
                    said=said,
                )
                filters.pages(page.total)
        bulk_bar.in_basket(basket.bulk, basket.exports, query, everything.facets, here.role)
        updates.follow_table(here)
        if binned := undo():
            assets.restore(binned.identifier, by=frame.who())
            undone()
    frame.keep_up(basket.catalogue.freshness, basket.server.state, here.snapshot.problem)


browse()
