"""Stands in for a Streamlit that a patch meets."""

import time
from dataclasses import dataclass, field

SECONDS = 0.0


class Session:
    """As a class of Streamlit is."""

    def __init__(self) -> None:
        self._state = "running"

    @property
    def page(self) -> str:
        return self._state

    def ask(self, what: str) -> str:
        return what

    def wait(self) -> None:
        time.sleep(SECONDS)


@dataclass
class Data:
    """As a message is."""

    given: str
    made: list[str] = field(default_factory=list)
