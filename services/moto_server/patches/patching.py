"""How Moto's parts are replaced: by name, and in one place that can be searched for."""

from typing import Any


def replace(owner: object, **replacements: object) -> None:
    """Put each of ``replacements`` in the place of the attribute of that name.

    Raises AttributeError if there is none: then Moto has changed and the patch needs a look.
    """
    for name, replacement in replacements.items():
        original(owner, name)
        setattr(owner, name, replacement)


def original(owner: object, name: str) -> Any:
    """What ``owner`` has under ``name`` now; raises AttributeError if there is nothing."""
    return getattr(owner, name)
