"""What people call themselves and things, tidied."""

LONGEST_NAME = 60


def tidy(name: str) -> str:
    """A name in one line, without what nobody sees."""
    clean = name.encode("utf-8", "replace").decode()
    return " ".join("".join(sign if sign.isprintable() else " " for sign in clean).split())
