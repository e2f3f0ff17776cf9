"""Present: start a session, let people in, see who is where, close it, leave with the report."""

from app import bootstrap
from app.ui import browsing, live, presenting
from app.ui.frame import who
from app.ui.notes import errors
from services.access import check_presenter

basket = bootstrap.basket()
sessions = basket.sessions

browsing.title("Present")
with errors():
    check_presenter()
    session = sessions.live()
    if session:
        people = sessions.attendance(session.code)
        presenting.card(session, people, basket.presence.here(), basket.feedback.of(session.code))
        if presenting.closing(session):
            sessions.close(session.code, by=who())
            presenting.closed()
    elif begun := presenting.beginning():
        sessions.start(begun.title, begun.goal, by=who(), code=begun.code)
        presenting.started()
    presenting.past(sessions.all(), basket.feedback.all())
    live.follow_people()
