"""A job by itself: its states, its back-off, and where it can be cancelled."""

from collections.abc import Generator, Sequence
from threading import Event

import pytest

from services.errors import StoreUnavailable
from services.jobs.job import Job, Progress, Step
from services.jobs.record import JobRecord
from tests.fakes.assets import NOON
from tests.integration.stores import eventually

OUR_RECORD = JobRecord(name="one", by="Ada", at=NOON, total=2)


class Made:
    """A job of these steps."""

    def __init__(self, *steps: Step, pauses: Sequence[float] = ()) -> None:
        self.steps = steps
        self.ends: list[str] = []
        self.closed = False
        self.job = Job(OUR_RECORD, self.work, Progress(2), pauses=pauses, end=self.end)

    def work(self, _: Job[JobRecord]) -> Generator[Step]:
        try:
            yield from self.steps
        finally:
            self.closed = True

    def end(self, record: JobRecord) -> None:
        self.ends.append(record.state)

    def run(self) -> Job[JobRecord]:
        self.job.begin()
        self.job.join(60)
        return self.job


def away() -> int:
    raise StoreUnavailable


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JobRecord, "kind", "TEST", raising=False)


def test_a_job_that_waits_for_the_store_says_so_and_can_be_cancelled() -> None:
    made = Made(away, pauses=(600.0,))
    made.job.begin()

    assert eventually(lambda: made.job.state == "waiting")
    made.job.cancel()
    made.job.join(60)

    assert (made.job.state, made.job.problem) == ("cancelled", "")
    assert (made.ends, made.closed) == (["cancelled"], True)


def test_a_job_is_not_cancelled_in_the_middle_of_something() -> None:
    taken: list[str] = []
    made = Made()

    def first() -> None:
        made.job.cancel()
        taken.append("first half")

    def second() -> int:
        taken.append("second half")
        return 1

    made.steps = (first, second, lambda: 1)
    job = made.run()

    assert taken == ["first half", "second half"]
    assert (job.state, job.progress.done, made.ends) == ("cancelled", 1, ["cancelled"])


def test_a_job_that_is_cancelled_at_its_last_step_is_done() -> None:
    made = Made()

    def last() -> int:
        made.job.cancel()
        return 2

    made.steps = (last,)

    assert (made.run().state, made.ends) == ("done", ["done"])


def test_a_job_that_closes_with_the_app_tells_no_end() -> None:
    at_it, goes_on = Event(), Event()

    def first() -> int:
        at_it.set()
        goes_on.wait(60)
        return 1

    made = Made(first, lambda: 1)
    made.job.begin()
    assert at_it.wait(60)
    made.job.close(0)
    goes_on.set()
    made.job.join(60)

    assert (made.job.progress.done, made.ends, made.closed) == (1, [], True)


def test_what_nobody_foresaw_is_told_and_ends_the_job(caplog: pytest.LogCaptureFixture) -> None:
    made = Made(lambda: 1 // 0)

    job = made.run()

    assert (job.state, made.ends) == ("failed", [])
    assert job.problem == "ZeroDivisionError: integer division or modulo by zero"
    assert "TEST one failed" in caplog.text
