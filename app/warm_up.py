"""Gets slow things done before the first visitor comes, and out of the way of every click."""

import asyncio
import gc
import importlib
import logging
import sys

from app.basket import Basket
from services.errors import BasketError

_LOOK_SECONDS = 1.0


def load_what_pages_need() -> None:
    """Load what Streamlit would load in the first visitor's run, while the store is starting."""
    for module in (
        "pandas",
        "PIL.Image",
        "app.features.browse.browsing",
        "app.features.asset_form.form",
        "app.features.browse.table.table",
    ):
        importlib.import_module(module)


def load_basket(basket: Basket) -> None:
    """Load the catalogue before the first visitor asks for it; finish what was interrupted."""
    basket.catalogue.refresh()
    try:
        basket.scenarios.go_on()
        basket.copies.clear_away()
    except BasketError as error:
        logging.getLogger(__name__).warning("what was begun cannot be finished: %s", error)


async def keep_frozen() -> None:
    """Take what is loaded out of the garbage collector's sight, again whenever that has grown.

    A full collection holds up every click for as long as there are objects; and the first visitor
    of a page has modules loaded (pandas alone a third of all).
    """
    frozen = 0
    while True:
        if frozen != (frozen := len(sys.modules)):
            gc.collect()
            gc.freeze()
        await asyncio.sleep(_LOOK_SECONDS)
