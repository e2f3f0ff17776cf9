"""Present: start a session, let people in, ask them, close it, leave with the report."""

from app import bootstrap
from app.ui import beginning, browsing, live, presenting, questioning
from app.ui.frame import who
from app.ui.notes import errors
from app.ui.people import person
from services.access import check_presenter
from services.beginning import begin

basket = bootstrap.basket()
sessions = basket.sessions

browsing.title("Present")
with errors():
    check_presenter()
    for wish in questioning.wishes():
        with questioning.outcome():
            wish.carry_out(basket.questions, person(), who())
    session = sessions.live()
    if session:
        people, here = sessions.attendance(session.code), basket.presence.here()
        presenting.card(session, people, here, basket.feedback.of(session.code))
        present = presenting.present(people, here)
        questioning.section(session, basket.answers.of(session.code), present)
        if presenting.closing(session):
            sessions.close(session.code, by=who())
            presenting.closed()
    elif wanted := beginning.form(basket.scenarios):
        with errors(), beginning.at_work(wanted):
            begin(sessions, basket.scenarios, wanted, by=who())
            beginning.done(wanted)
    presenting.past(sessions.all(), basket.feedback.all())
    live.follow_people()
