"""Tour: what can be followed step by step, how far one is, and the way in."""

from app import bootstrap
from app.ui import browsing, live, tour_leading, tour_list
from app.ui.frame import who
from app.ui.notes import errors
from app.ui.people import person

basket = bootstrap.basket()
tours = basket.tours

browsing.title("Tour")
with errors():
    led = tour_leading.offer(tours.all(), basket.sessions.live(), basket.led_tours.now())
    wish = tour_list.offer(tours.all(), tours.of(person()), tours.ways(person()))
    if wish:
        tours.begin(wish.script, person=person(), by=who(), afresh=wish.afresh)
        tour_list.begun()
    if led == tour_leading.ALONE:
        basket.led_tours.alone()
        tour_leading.drawn_again()
    elif led:
        basket.led_tours.lead(led, person=person(), by=who())
        tour_list.begun()
    live.follow_tours()
