"""Import: assets from a file; what it would do is shown first, and can be undone as a whole."""

from app import bootstrap
from app.ui import browsing, importing, importing_choices, importing_plan, importing_runs, live
from app.ui.frame import who
from app.ui.notes import errors

basket = bootstrap.basket()
imports = basket.imports

browsing.title("Import")
with errors():
    prepared = importing.prepared()
    if run := importing_runs.running(imports):
        importing_runs.progress(run)
    elif prepared is None:
        if file := importing.take_in(basket.files):
            importing.prepare(file, imports.suggest(file.sheet))
        importing_runs.past(imports, imports.past())
        live.follow()
    else:
        importing.told(prepared)
        choices = importing_choices.choose(prepared)
        plan = imports.preview(prepared.sheet, choices, prepared.name)
        if importing_plan.confirmed(plan, prepared):
            imports.start(plan, prepared.sheet, name=prepared.name, title=prepared.title, by=who())
            importing.begun()
        live.follow_model()
