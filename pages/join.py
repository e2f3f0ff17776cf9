"""Join: take part in a session under a name."""

from app.features.browse import browsing
from app.features.sessions import joining
from app.shell.connection import updates
from app.shell.context import context
from app.shell.identity import call_me, person
from app.shell.messages import errors

here = context()
sessions = here.basket.sessions

browsing.title("Join")
with errors():
    code = joining.code()
    if not code:
        joining.ask_code()
    else:
        session = sessions.get(code)
        joined = joining.joined(sessions.attendance(session.code), person())
        joining.about(session, joined)
        if session.is_open and (name := joining.name(joined)):
            sessions.join(session.code, person=person(), name=name)
            call_me(name)
            joining.welcome()
    updates.follow_people(here)
