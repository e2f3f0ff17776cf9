"""Review: pictures of the demo before and now; what is thought of each, and the new baseline."""

from app import bootstrap
from app.ui import browsing, live, reviewing
from app.ui.frame import who
from app.ui.notes import errors
from app.ui.people import person

basket = bootstrap.basket()
desk = basket.review

browsing.title("Review")
with errors():
    for wish in reviewing.wishes():
        with reviewing.outcome(wish):
            wish.carry_out(desk, person=person(), name=who())
    compared = desk.index.look()
    if not compared.is_done:
        reviewing.progress(desk.index)
    elif compared.is_empty:
        reviewing.nothing_yet()
    else:
        reviewing.gallery(compared, desk.verdicts.by_file(), basket.feedback.all(), person())
        live.follow_talk()
