"""Short notes: what is wrong with a field, what has just happened, what cannot be had now."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.shell.markup import show_html
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
    show_html('<p class="basket-problem" role="alert">{{ message }}</p>', message=message)


def hint(text: str) -> None:
    """Say under a field what it is for."""
    show_html('<p class="basket-hint">{{ text }}</p>', text=text)


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
        show_html('<a class="basket-way" href="enter" target="_self">Enter the key</a>')
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
    show_html(
        '<div class="basket-error" role="alert"><strong>{{ headline }}</strong>'
        "{% if advice %}<p>{{ advice }}</p>{% endif %}"
        "{% if detail %}<small>{{ detail }}</small>{% endif %}</div>",
        headline=headline,
        advice=advice,
        detail=detail,
    )
