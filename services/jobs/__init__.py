"""The engine under all long work: imports, changes to many assets, migrations, replacements.

``record`` (what the table keeps of a job), ``job`` (its thread, progress, cancellation, back-off),
``runner`` (begins each job once, finds what was cut off), ``one_by_one`` (the strategy that changes
asset after asset). A feature gives the engine its strategy: a generator of repeatable steps.
"""
