"""Streamlit's private names: looked for before they are relied on, and replaced in one way."""

import importlib
import inspect
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

import streamlit as st


@dataclass(frozen=True)
class PrivateName:
    """A module, class, function or constant that Streamlit does not promise to keep."""

    path: str
    """Its module, a colon, and its name in there."""
    parameters: str = ""
    """Those that it takes in the pinned release, in order; empty: not looked at."""
    attributes: str = ""
    """Of a class: what its instances need to have, with spaces between."""
    used_by: str = ""
    """The function that looks it up each time, by its path: a replacement has an effect there."""

    def get(self) -> Any:
        """What has the name now. Raises ImportError or AttributeError if nothing has."""
        owner, name = self.place()
        return getattr(owner, name)

    def replace(self, replacement: object) -> None:
        """Put something else in its place."""
        owner, name = self.place()
        if inspect.isfunction(replacement):
            replacement = wraps(getattr(owner, name))(replacement)
        setattr(owner, name, replacement)

    def missing(self) -> str:
        """What is not as in the pinned release; empty if all is."""
        try:
            found = inspect.unwrap(self.get())
        except (ImportError, AttributeError):
            return self.path
        if self.parameters and ", ".join(inspect.signature(found).parameters) != self.parameters:
            return f"{self.path}({self.parameters})"
        for attribute in self.attributes.split():
            if attribute not in _attributes(found):
                return f"{self.path}.{attribute}"
        if self.used_by:
            user = PrivateName(self.used_by)
            name = self.path.replace(":", ".").rpartition(".")[2]
            if user.missing() or name not in _mentioned(inspect.unwrap(user.get())):
                return f"{self.path} in {self.used_by}"
        return ""

    def place(self) -> tuple[Any, str]:
        """The class or module that has the name, and its last part."""
        module, _, name = self.path.partition(":")
        owner: Any = importlib.import_module(module)
        *classes, last = name.split(".")
        for part in classes:
            owner = getattr(owner, part)
        return owner, last


def _attributes(owner: Any) -> set[str]:
    """What instances of a class have; fields of a dataclass and of a message are among it."""
    message = getattr(owner, "DESCRIPTOR", None)
    fields = message.fields_by_name if message else getattr(owner, "__dataclass_fields__", ())
    return {*dir(owner), *_mentioned(owner.__init__), *fields}


def _mentioned(function: Any) -> tuple[str, ...]:
    """The globals and attributes that a function reads or sets."""
    code = getattr(function, "__code__", None)
    return code.co_names if code else ()


@dataclass(frozen=True)
class Reach:
    """Something that the product does with private names, and does without where one is missing."""

    name: str
    purpose: str
    """In one sentence, for the log."""
    needs: tuple[PrivateName, ...]

    def missing(self) -> list[str]:
        """What is not as in the pinned release."""
        return [missing for need in self.needs if (missing := need.missing())]


@dataclass(frozen=True)
class Patch(Reach):
    """A reach that changes Streamlit itself; the docstring of `apply` says what is lost without."""

    apply: Callable[[], None]


@cache
def holds(reach: Reach) -> bool:
    """Whether all is there that it needs; if not, the log says so, once."""
    missing = reach.missing()
    if missing:
        logging.getLogger(__name__).warning(
            "Without “%s” (%s): Streamlit %s lacks %s",
            reach.name,
            reach.purpose,
            st.__version__,
            ", ".join(missing),
        )
    return not missing
