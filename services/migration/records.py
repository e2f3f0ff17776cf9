"""What is kept of a step that was done, so that it can be undone after a restart, too."""

from dataclasses import dataclass
from datetime import datetime

from services.bulk.job import Job
from services.migration.steps import Step, from_text, to_text
from services.store.documents.documents import Document, moment_of
from services.store.table import META

PREFIX = "MIGRATION#"


@dataclass(frozen=True)
class Past:
    """A step that was begun, whoever began it."""

    name: str
    """Of its job; begins the operation id of every change that belongs to it."""
    step: Step
    by: str
    at: datetime
    standing: int = 0
    """How many assets still are as it left them: so many can be taken back."""
    job: Job | None = None
    """What came of it, if this process did it."""
    undone: Step | None = None
    """The step that this one takes back, if it takes one back."""


def record_of(past: Past) -> Document:
    """The document that tells of it."""
    body = {"step": to_text(past.step), "by": past.by, "at": past.at.isoformat()}
    return Document(f"{PREFIX}{past.name}", META, body)


def past_of(document: Document) -> Past:
    """What a document tells of."""
    body = document.body
    return Past(
        name=document.pk.removeprefix(PREFIX),
        step=from_text(body["step"]),
        by=str(body["by"]),
        at=moment_of(body["at"]),
    )
