"""Import: assets from a file; what it would do is shown first, and can be undone as a whole."""

from app.features.browse import browsing
from app.features.importing import choices as importing_choices
from app.features.importing import plan as importing_plan
from app.features.importing import runs, upload
from app.shell.connection import updates
from app.shell.context import context
from app.shell.frame import who
from app.shell.messages import errors

here = context()
basket = here.basket
imports = basket.imports

browsing.title("Import")
with errors():
    prepared = upload.prepared()
    if job := runs.running(imports):
        runs.follow(job)
    elif prepared is None:
        if file := upload.take_in(basket.files):
            upload.prepare(file, imports.suggest(file.sheet))
        runs.past(imports, imports.past())
        updates.follow(here)
    else:
        upload.show_file(prepared)
        choices = importing_choices.choose(prepared)
        plan = imports.preview(prepared.sheet, choices, prepared.name)
        if importing_plan.confirmed(plan, prepared):
            imports.start(plan, prepared.sheet, name=prepared.name, title=prepared.title, by=who())
            upload.begun()
        updates.follow_model(here)
