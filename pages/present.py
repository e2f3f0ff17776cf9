"""Present: start a session, let people in, ask them, close it, leave with the report."""

from app.features.browse import browsing
from app.features.polls import questioning
from app.features.sessions import beginning, presenting
from app.shell.connection import updates
from app.shell.context import context
from app.shell.frame import who
from app.shell.identity import person
from app.shell.messages import errors
from services.access import check_presenter
from services.sessions.beginning import begin

here = context()
basket = here.basket
sessions = basket.sessions

browsing.title("Present")
with errors():
    check_presenter(here.role)
    for command in questioning.commands():
        with questioning.outcome():
            command.execute(basket.questions, person(), who(), here.role)
    session = sessions.live()
    if session:
        people, there = sessions.attendance(session.code), basket.presence.here()
        said = basket.feedback.of(session.code)
        presenting.card(session, people, there, said, basket.settings)
        present = presenting.present(people, there)
        questioning.section(session, basket.answers.of(session.code), present)
        if presenting.closing(session):
            sessions.close(session.code, by=who(), role=here.role)
            presenting.closed()
    elif wanted := beginning.form(basket.scenarios):
        with errors(), beginning.at_work(wanted):
            begin(sessions, basket.scenarios, wanted, by=who(), role=here.role)
            beginning.done(wanted)
    presenting.past(sessions.all(), basket.feedback.all())
    updates.follow_people(here)
