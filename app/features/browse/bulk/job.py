"""Progress of a change to many assets, its result, and undo."""

from functools import partial

from app.features.browse.bulk import words
from app.shell import state
from app.shell.context import context
from app.shell.frame import who
from app.shell.jobs.progress import begun, far, progress
from app.shell.jobs.result import result
from app.shell.markup import show_html
from services.access import Role
from services.bulk.service import BulkJob, BulkService


def show(job: BulkJob) -> None:
    """Have this tab show the job's progress and end; a short one is waited for."""
    state.remember(state.BULK, job.record.name)
    begun(job)


def follow(bulk: BulkService, role: Role) -> None:
    """Draw the job of this tab, or one whose own tab was closed, and what others are doing."""
    job = bulk.find(state.recall(state.BULK, "")) or bulk.abandoned()
    for other in bulk.running():
        if other is not job:
            said = f"{other.record.by}: {words.doing(other)}, {far(other.progress)} done."
            show_html('<p class="basket-hint" role="status">{{ said }}</p>', said=said)
    if job is None:
        return
    state.remember(state.BULK, job.record.name)
    if job.is_running:
        progress(job, words.doing(job))
        return
    what = job.record.what
    can_be_undone = job.progress.changed and what not in ("taken back", "erased")
    may_go_on = what != "erased" or role == "presenter"
    result(
        job,
        list(words.outcome(job)),
        undo=partial(_undo, bulk, job) if can_be_undone else None,
        go_on=partial(_go_on, bulk, job) if may_go_on else None,
        close=partial(_close, bulk, job),
    )


def _undo(bulk: BulkService, job: BulkJob) -> None:
    show(bulk.take_back(job, by=who()))


def _go_on(bulk: BulkService, job: BulkJob) -> None:
    bulk.go_on(job, role=context().role)


def _close(bulk: BulkService, job: BulkJob) -> None:
    bulk.dismiss(job)
    state.remember(state.BULK, "")
