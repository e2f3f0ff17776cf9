"""Tour: what can be followed step by step, how far one is, and the way in."""

from app import bootstrap
from app.ui import browsing, tour_list
from app.ui.frame import who
from app.ui.notes import errors
from app.ui.people import person

tours = bootstrap.basket().tours

browsing.title("Tour")
with errors():
    wish = tour_list.offer(tours.all(), tours.of(person()), tours.ways(person()))
    if wish:
        tours.begin(wish.script, person=person(), by=who(), afresh=wish.afresh)
        tour_list.begun()
