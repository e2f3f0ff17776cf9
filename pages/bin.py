"""Bin: what was taken out of the basket, and the way back."""

from app import bootstrap
from app.features.browse import browsing
from app.features.browse.bulk import bar as bulk_bar
from app.features.browse.table.table import table
from app.features.browse.toolbar.columns import usual
from app.fields.attributes import BINNED
from app.live import updates
from app.shell.messages import errors
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
    updates.follow()
