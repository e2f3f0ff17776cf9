"""Join: take part in a session under a name."""

from app import bootstrap
from app.ui import browsing, joining, live
from app.ui.notes import errors
from app.ui.people import call_me, person

sessions = bootstrap.basket().sessions

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
    live.follow_people()
