"""Review: pictures of the demo before and now; what is thought of each, and the new baseline."""

from app.features.browse import browsing
from app.features.review import reviewing
from app.shell.connection import updates
from app.shell.context import context
from app.shell.frame import who
from app.shell.identity import person
from app.shell.messages import errors

here = context()
basket = here.basket
desk = basket.review

browsing.title("Review")
with errors():
    for command in reviewing.commands():
        with reviewing.outcome(command):
            command.execute(desk, person=person(), name=who(), role=here.role)
    compared = desk.index.look()
    if not compared.is_done:
        reviewing.progress(desk.index)
    elif compared.is_empty:
        reviewing.nothing_yet(here.role)
    else:
        reviewing.gallery(
            compared, desk.verdicts.by_file(), basket.feedback.all(), person(), here.role
        )
        updates.follow_talk(here)
