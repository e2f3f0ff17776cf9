"""Short notes: what is wrong with a field, what has just happened, what cannot be had now."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from services.errors import (
    AssetNotFound,
    BasketError,
    Conflict,
    InvalidAsset,
    NotAllowed,
    StoreUnavailable,
)


def problem_note(message: str) -> None:
    """Say under a field what is wrong with it. The text is shown as it is, never as markup."""
    st.html(f'<p class="basket-problem" role="alert">{escape(message)}</p>')


def hint(text: str) -> None:
    """Say under a field what it is for."""
    st.html(f'<p class="basket-hint">{escape(text)}</p>')


@contextmanager
def errors() -> Iterator[None]:
    """Turn a domain error into a few plain sentences, and leave the rest of the page standing."""
    try:
        yield
    except StoreUnavailable as error:
        tell(
            "The store is not answering just now.",
            "Nothing is lost, and what you typed stays here. Try again in a moment.",
            "" if str(error) == str(StoreUnavailable()) else str(error),
        )
    except NotAllowed:
        tell("This is for whoever presents.", "With the presenter's key you come in as one.")
        st.html('<a class="basket-way" href="enter" target="_self">Enter the key</a>')
    except AssetNotFound:
        tell("This asset is not in the basket.", "Its link may be old or mistyped.")
    except Conflict as error:
        tell("Somebody was quicker.", str(error))
    except InvalidAsset as error:
        tell("Something is not right yet.", str(error))
    except BasketError as error:
        tell(str(error))


def tell(headline: str, advice: str = "", detail: str = "") -> None:
    """Draw a headline and what to do, both as plain text."""
    more = f"<p>{escape(advice)}</p>" if advice else ""
    small = f"<small>{escape(detail)}</small>" if detail else ""
    st.html(
        f'<div class="basket-error" role="alert"><strong>{escape(headline)}</strong>'
        f"{more}{small}</div>"
    )
