"""Bin: what was taken out of the basket, and the way back."""

from app.features.browse import browsing
from app.features.browse.bulk import bar as bulk_bar
from app.features.browse.table.table import table
from app.features.browse.toolbar.columns import usual
from app.fields.attributes import BINNED
from app.shell.connection import updates
from app.shell.context import context
from app.shell.messages import errors
from services.model.query import BIN

here = context()
basket = here.basket

browsing.title("Bin")
with errors():
    page = basket.assets.browse(BIN)
    if page.is_empty_basket:
        browsing.nothing_binned()
    else:
        browsing.binned(page)
        table(page.items, [*usual(), BINNED], sort=None, view="bin", place="bin", copy=basket.copy)
    bulk_bar.in_bin(basket.bulk, here.role)
    updates.follow(here)
