"""Bin: what was taken out of the basket, and the way back."""

from app import bootstrap
from app.ui import browsing, bulk_bar, live
from app.ui.attributes import BINNED
from app.ui.columns import usual
from app.ui.notes import errors
from app.ui.table import table
from services.model.query import BIN

basket = bootstrap.basket()

browsing.title("Bin")
with errors():
    page = basket.assets.browse(BIN)
    if page.is_empty_basket:
        browsing.nothing_binned()
    else:
        browsing.binned(page)
        table(page.items, [*usual(), BINNED], sort=None, view="bin", place="bin")
    bulk_bar.in_bin(basket.bulk)
    live.follow()
