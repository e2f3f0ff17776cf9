"""Tour: what can be followed step by step, how far one is, and the way in."""

from app.features.browse import browsing
from app.features.tour import leading, list_of_tours
from app.scripts.shipped import left_out
from app.shell.connection import updates
from app.shell.context import context
from app.shell.frame import who
from app.shell.identity import person
from app.shell.messages import errors

here = context()
shared = here.shared
tours = shared.tours

browsing.title("Tour")
with errors():
    scripts = tours.all()
    led = leading.offer(scripts, shared.sessions.live(), shared.led_tours.now(), here.role)
    starts = {
        name: list_of_tours.start_of(script, shared.assets) for name, script in scripts.items()
    }
    list_of_tours.not_offered(left_out(), here.role)
    command = list_of_tours.offer(scripts, tours.of(person()), tours.ways(person()), starts, here)
    if command and command.load:
        shared.scenarios.load(command.load, by=who(), role=here.role)
        list_of_tours.loaded(command.load)
    elif command:
        tours.begin(command.script, person=person(), by=who(), afresh=command.afresh)
        list_of_tours.begun()
    if led == leading.ALONE:
        shared.led_tours.alone(role=here.role)
        leading.drawn_again()
    elif led == leading.OVER:
        shared.led_tours.finish(role=here.role)
        leading.drawn_again()
    elif led:
        shared.led_tours.lead(led, person=person(), by=who(), role=here.role)
        list_of_tours.begun()
    updates.follow_tours(here)
