"""Tours: begun, gone through step by step, left and taken up again."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from services.assets.service import AssetService
from services.errors import TourNotFound
from services.model.record import now
from services.model.session import OPEN
from services.sessions.service import SessionService
from services.store.documents.collection import DocumentCollection
from services.store.documents.documents import DocumentRepository
from services.store.documents.kinds import of_session, reading
from services.store.read_model.catalogue import Catalogue
from services.tour.outcome import PageObservation, reached
from services.tour.progress import Progress
from services.tour.script import Script, Step

_KIND = "TOUR#"
Scripts = Callable[[], Mapping[str, Script]]


@dataclass(frozen=True)
class Tour:
    """A script, and how far somebody is in it."""

    script: Script
    progress: Progress
    place: int
    """Of the step, from 0."""

    @property
    def step(self) -> Step:
        """The step that somebody is at."""
        return self.script.steps[self.place]

    @property
    def is_done(self) -> bool:
        """Whether this step has come to its outcome."""
        return self.progress.passage(self.step.name).reached


class TourService:
    """The tours that are there, and everybody's way through them."""

    def __init__(
        self,
        documents: DocumentRepository,
        catalogue: Catalogue,
        sessions: SessionService,
        assets: AssetService,
        scripts: Scripts,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._collection = DocumentCollection(documents, catalogue, _KIND, reading(Progress))
        self._sessions = sessions
        self._assets = assets
        self._scripts = scripts
        self._clock = clock

    def over(self, assets: AssetService) -> "TourService":
        """The same tours, whose steps are done by what is in another basket."""
        other = copy(self)
        other._assets = assets
        return other

    def all(self) -> Mapping[str, Script]:
        """Every script that can be followed, by name."""
        return self._scripts()

    def of(self, person: str) -> Tour | None:
        """The tour that goes along with somebody. Raises StoreUnavailable."""
        mine = [one for one in self.ways(person) if one.active]
        return self._tour(max(mine, key=lambda one: one.since)) if mine else None

    def ways(self, person: str) -> tuple[Progress, ...]:
        """How far somebody is on each tour that was begun. Raises StoreUnavailable."""
        return tuple(one for one in self._collection.all() if one.person == person)

    def in_session(self, code: str) -> tuple[Progress, ...]:
        """How far everybody came in a session. Raises StoreUnavailable."""
        return tuple(one for one in self._collection.all() if one.session == code)

    def begin(self, name: str, *, person: str, by: str, afresh: bool = False) -> None:
        """Start a tour, or go on with it where it was left; any other one is left.

        Raises TourNotFound, StoreUnavailable.
        """
        if name not in self.all():
            raise TourNotFound(name)
        self.leave(person)
        live = self._sessions.live()
        fresh = Progress(
            session=live.code if live else OPEN,
            person=person,
            name=by,
            script=name,
            step=self.all()[name].steps[0].name,
            since=self._clock(),
            begun=self._clock(),
        )
        again = {"active": True, "since": self._clock()}
        self._change(fresh, lambda known: fresh if afresh else known.model_copy(update=again))

    def leave(self, person: str, *, finished: bool = False) -> None:
        """Have no tour go along any more; how far one was stays. Raises StoreUnavailable."""
        tour = self.of(person)
        if tour:
            here = tour.step.name
            self._change(
                tour.progress,
                lambda known: known.to(here, skipped=False, moment=self._clock()).model_copy(
                    update={"active": False, "finished": known.finished or finished}
                ),
            )

    def go(self, person: str, by: int, *, at: str) -> None:
        """Go so many steps on, or back; from the step `at`, so that a double click goes one.

        Raises StoreUnavailable.
        """
        tour = self.of(person)
        if not tour or tour.step.name != at:
            return
        place = min(max(tour.place + by, 0), len(tour.script.steps) - 1)
        if place == tour.place:
            self.leave(person, finished=by > 0)
            return
        step, skips = tour.script.steps[place].name, by > 0 and not tour.is_done
        self._change(
            tour.progress, lambda known: known.to(step, skipped=skips, moment=self._clock())
        )

    def look(self, person: str, sight: PageObservation) -> Tour | None:
        """See whether somebody has come to the outcome of the step; it is noted once.

        Raises StoreUnavailable.
        """
        tour = self.of(person)
        outcome = tour.step.done_when if tour else None
        if not tour or tour.is_done or not outcome or not reached(outcome, sight, self._assets):
            return tour
        moment = self._clock()
        self._change(tour.progress, lambda known: known.done(moment))
        return self.of(person)

    def skip(self, person: str, *, at: str) -> None:
        """Skip a step, and wait there to be led on. Raises StoreUnavailable."""
        tour = self.of(person)
        if tour and tour.step.name == at:
            self._change(tour.progress, Progress.passed_over)

    def along(self, leader: Progress, *, led: str, person: str, by: str) -> None:
        """Be where somebody is who leads, unless one has left that tour.

        Raises StoreUnavailable.
        """
        mine = (one for one in self.ways(person) if one.session == leader.session)
        known = next((one for one in mine if one.script == leader.script), None)
        if known and known.led == led and (not known.active or known.step == leader.step):
            return
        if known is None or not known.active:
            self.leave(person)
        moment = self._clock()
        fresh = Progress(
            session=leader.session,
            person=person,
            name=by,
            script=leader.script,
            step=leader.step,
            since=moment,
            led=led,
        )
        self._change(fresh, lambda now: now.led_to(leader, led, moment))

    def _tour(self, progress: Progress) -> Tour | None:
        """None if there is no such script any more; a step that it has lost is its first."""
        script = self.all().get(progress.script)
        if script is None:
            return None
        names = [step.name for step in script.steps]
        place = names.index(progress.step) if progress.step in names else 0
        return Tour(script, progress, place)

    def _change(self, which: Progress, step: Callable[[Progress], Progress]) -> None:
        """Of whatever is there; what is not yet is as given."""

        def stepped(body: Mapping[str, Any]) -> Mapping[str, Any]:
            known = _read(body)
            return (step(known) if known else which).plain()

        sk = f"{_KIND}{which.person}#{which.script}"
        self._collection.change(of_session(which.session), sk, stepped)


def _read(body: Mapping[str, Any]) -> Progress | None:
    try:
        return Progress.model_validate(body)
    except ValidationError:
        return None
