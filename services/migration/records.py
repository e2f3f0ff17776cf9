"""What is kept of a step that was done, so that it can be undone after a restart, too."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, PlainSerializer

from services.jobs.job import Job
from services.jobs.record import JobRecord, State
from services.migration.steps import Step, from_text, to_text


def _step(told: Any) -> Any:
    return from_text(told) if isinstance(told, str) else told


class Migration(JobRecord):
    """A step that was begun, whoever began it.

    Its name begins the operation id of every change that belongs to it.
    """

    kind: ClassVar[str] = "MIGRATION"

    step: Annotated[Step, BeforeValidator(_step), PlainSerializer(to_text)]
    state: State = "done"
    """Earlier releases did not tell."""


@dataclass(frozen=True)
class Past:
    """A step and what has come of it."""

    record: Migration
    job: Job[Migration] | None = None
    """If this process did it."""
    standing: int = 0
    """How many assets still are as it left them: so many can be taken back."""
    undone: Step | None = None
    """The step that this one takes back, if it takes one back."""

    @property
    def can_go_on(self) -> bool:
        """Whether it has stopped before it was through."""
        return self.record.can_go_on and not (self.job and self.job.is_running)
