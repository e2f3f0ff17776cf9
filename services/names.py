"""What people call themselves and things, tidied."""

LONGEST_NAME = 60
GUEST = "Guest"
"""What somebody is called who has not said a name."""


def tidy(name: str) -> str:
    """A name in one line, without what nobody sees."""
    clean = name.encode("utf-8", "replace").decode()
    return " ".join("".join(sign if sign.isprintable() else " " for sign in clean).split())


def leader(name: str) -> str:
    """What others are told of who leads them."""
    return name if name not in ("", GUEST) else "The presenter"
