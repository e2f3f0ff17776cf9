"""Model: what an asset is today, what that changes against what is stored, what can be done."""

from app import bootstrap
from app.ui import browsing, live, model_fields, model_file, model_findings, model_runs, model_steps
from app.ui.frame import who
from app.ui.notes import errors
from services.access import check_presenter

migration = bootstrap.basket().migration

browsing.title("Model")
with errors():
    check_presenter()
    model_file.file()
    if migration.running:
        model_runs.progress(migration.running)
        model_fields.table()
    else:
        with model_runs.looking("Looking at every asset") as tell:
            drift = migration.survey(tell).drift
        model_findings.summary(drift)
        step = model_findings.findings(drift, migration.preview)
        step = step or model_runs.done(migration.past(5))
        model_fields.table()
        model_findings.unused(drift)
        step = step or model_steps.start_afresh(drift, migration.preview)
        if step:
            migration.start(step, by=who())
            model_steps.begun()
        live.follow()
