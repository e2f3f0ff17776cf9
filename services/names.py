"""What people call themselves and things, tidied."""

LONGEST_NAME = 60
GUEST = "Guest"
"""What somebody is called who has not said a name."""


def tidy(name: str) -> str:
    """A name in one line, without what nobody sees."""
    clean = name.encode("utf-8", "replace").decode()
    return " ".join("".join(sign if _is_seen(sign) else " " for sign in clean).split())


def _is_seen(sign: str) -> bool:
    """Joiners are seen by what they do: families of emoji, Persian and Indic words need them."""
    return sign.isprintable() or sign in "\u200c\u200d"


def leader(name: str) -> str:
    """What others are told of who leads or asks them: not that it is some guest."""
    return name if name not in ("", GUEST) else "The presenter"
