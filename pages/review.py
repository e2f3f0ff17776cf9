"""Review: pictures of the demo before and now; what is thought of each, and the new baseline."""

from app import bootstrap
from app.features.browse import browsing
from app.features.review import reviewing
from app.live import updates
from app.shell.frame import who
from app.shell.identity import person
from app.shell.messages import errors

basket = bootstrap.basket()
desk = basket.review

browsing.title("Review")
with errors():
    for command in reviewing.commands():
        with reviewing.outcome(command):
            command.execute(desk, person=person(), name=who())
    compared = desk.index.look()
    if not compared.is_done:
        reviewing.progress(desk.index)
    elif compared.is_empty:
        reviewing.nothing_yet()
    else:
        reviewing.gallery(compared, desk.verdicts.by_file(), basket.feedback.all(), person())
        updates.follow_talk()
