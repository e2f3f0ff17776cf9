"""What can be said, answered and tagged."""

from collections.abc import Sequence

from services.errors import InvalidFeedback
from services.model.feedback import (
    LONGEST_REPLY,
    LONGEST_TAG,
    LONGEST_TEXT,
    MOST_TAGS,
    REACTIONS,
    Kind,
)
from services.names import tidy


def check(kind: Kind, text: str, reaction: str, rating: int | None) -> None:
    """Raises InvalidFeedback for what nobody can make anything of."""
    if len(text) > LONGEST_TEXT:
        raise InvalidFeedback(f"A comment has {LONGEST_TEXT:,} characters at the most.")
    if kind == "reaction":
        if reaction not in REACTIONS or text:
            raise InvalidFeedback("Choose one of the reactions.")
    elif not text.strip() and rating is None:
        raise InvalidFeedback("Write something, or give a rating.")


def tidy_reply(text: str) -> str:
    """The reply as it is kept. Raises InvalidFeedback."""
    if len(text) > LONGEST_REPLY:
        raise InvalidFeedback(f"A reply has {LONGEST_REPLY:,} characters at the most.")
    return text.strip()


def tidy_tags(tags: Sequence[str]) -> list[str]:
    """The tags, each once. Raises InvalidFeedback."""
    tidied = dict.fromkeys(tag for tag in map(tidy, tags) if tag)
    if len(tidied) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tidied):
        raise InvalidFeedback(
            f"There can be {MOST_TAGS} tags of {LONGEST_TAG} characters at the most."
        )
    return list(tidied)
