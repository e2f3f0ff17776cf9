"""Model: what an asset is today, what that changes against what is stored, what can be done."""

from app.features.browse import browsing
from app.features.model import fields, findings, runs, steps
from app.features.model import file as model_file
from app.shell.connection import updates
from app.shell.context import context
from app.shell.frame import who
from app.shell.messages import errors
from services.access import check_presenter

here = context()
migration = here.basket.migration

browsing.title("Model")
with errors():
    check_presenter(here.role)
    model_file.file()
    if migration.running:
        runs.follow(migration.running)
        fields.table()
    else:
        with runs.looking("Looking at every asset") as tell:
            drift = migration.survey(tell).drift
        findings.summary(drift)
        step = findings.findings(drift, migration.preview)
        stopped, back = runs.done(migration.past(5))
        step = step or back
        fields.table()
        findings.unused(drift)
        step = step or steps.start_afresh(drift, migration.preview)
        if stopped:
            migration.go_on(stopped.record, role=here.role)
            steps.begun()
        elif step:
            migration.start(step, by=who(), role=here.role)
            steps.begun()
        updates.follow(here)
