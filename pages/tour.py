"""Tour: what can be followed step by step, how far one is, and the way in."""

from app import bootstrap
from app.demo.script import left_out
from app.ui import browsing, live, tour_leading, tour_list
from app.ui.frame import who
from app.ui.notes import errors
from app.ui.people import person

shared = bootstrap.shared()
tours = shared.tours

browsing.title("Tour")
with errors():
    scripts = tours.all()
    led = tour_leading.offer(scripts, shared.sessions.live(), shared.led_tours.now())
    starts = {name: tour_list.start_of(script, shared.assets) for name, script in scripts.items()}
    tour_list.not_offered(left_out())
    wish = tour_list.offer(scripts, tours.of(person()), tours.ways(person()), starts)
    if wish and wish.load:
        shared.scenarios.load(wish.load, by=who())
        tour_list.loaded(wish.load)
    elif wish:
        tours.begin(wish.script, person=person(), by=who(), afresh=wish.afresh)
        tour_list.begun()
    if led == tour_leading.ALONE:
        shared.led_tours.alone()
        tour_leading.drawn_again()
    elif led == tour_leading.OVER:
        shared.led_tours.finish()
        tour_leading.drawn_again()
    elif led:
        shared.led_tours.lead(led, person=person(), by=who())
        tour_list.begun()
    live.follow_tours()
