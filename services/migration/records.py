"""What is kept of a run, so that it can be taken back after the app was restarted, too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.migration.runs import Run, State
from services.migration.steps import Step, TakeBack, from_text, to_text
from services.store.columns import Columns
from services.store.documents import Document
from services.store.table import META

PREFIX = "MIGRATION#"


@dataclass(frozen=True)
class Past:
    """A run that was begun, whoever began it."""

    identifier: str
    step: Step
    by: str
    at: datetime
    state: State
    taken_back: bool
    left_alone: int
    standing: int
    """How many assets still are as it left them: so many can be taken back."""


def key_of_run(run: Run) -> tuple[str, str]:
    """The key of the document that tells of the run; taking back is told in that of the other."""
    about = run.step.run if isinstance(run.step, TakeBack) else run.identifier
    return f"{PREFIX}{about}", META


def begun(run: Run, at: datetime) -> Document:
    """The document of a run that begins."""
    body = {"step": to_text(run.step), "by": run.by, "at": at.isoformat(), "state": run.state}
    return Document(*key_of_run(run), body)


def ended(body: Mapping[str, Any], run: Run, state: State) -> Mapping[str, Any]:
    """What the document says once the run has ended so."""
    if isinstance(run.step, TakeBack):
        return {**body, "takenBack": state == "done"}
    return {**body, "state": state, "leftAlone": run.left_alone}


def past_of(document: Document, columns: Columns) -> Past:
    """The run that a document tells of."""
    body, identifier = document.body, document.pk.removeprefix(PREFIX)
    return Past(
        identifier=identifier,
        step=from_text(body["step"]),
        by=body["by"],
        at=datetime.fromisoformat(body["at"]),
        state=body["state"],
        taken_back=body.get("takenBack", False),
        left_alone=int(body.get("leftAlone", 0)),
        standing=len(columns.lines_of_operation(f"{identifier}/")),
    )
