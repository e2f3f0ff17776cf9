"""How a report speaks of moments, places and answers."""

from collections.abc import Sequence
from datetime import UTC, datetime

from services.model.feedback import Feedback, PageContext
from services.model.question import GRADES, Answer
from services.polls.tally import Tally


def readable(moment: datetime) -> str:
    """A moment for people, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def heading_of(one: Feedback) -> str:
    """Where it was said."""
    place = one.place
    named = f"{place.page}: {place.asset_name}" if place.asset_name else place.page
    about = f"{named}, {place.field}" if place.field else named
    return f"{about}, at step “{place.step}” of the tour" if place.step else about


def own_copy(place: PageContext) -> str:
    """That it was no basket that others can see; empty if it was the shared one."""
    return f"in a copy of their own that began with “{place.copy_of}”" if place.copy_of else ""


def show_words(place: PageContext) -> str:
    """What the link back is called: it leads to the shared basket, whatever was looked at."""
    return "Show this page in the shared data" if place.copy_of else "Show what they saw"


def detail(one: Feedback) -> str:
    """The version of the asset, the window and the theme that feedback was given with."""
    place = one.place
    version = f"version {place.asset_version} of the asset" if place.asset_version else ""
    parts = [
        own_copy(place),
        version,
        f"model {place.model}",
        f"{place.theme} theme",
        place.viewport,
    ]
    return ", ".join(part for part in parts if part)


def counted(tally: Tally) -> str:
    """How many have answered; on a scale, what they say together."""
    number = len(tally.answers)
    told = f"{number} {'answer' if number == 1 else 'answers'}"
    if tally.mean is None:
        return told
    return f"{told}, mean {tally.mean:.1f} of {GRADES[-1]}"


def graded(tally: Tally) -> Sequence[tuple[str, int]]:
    """What could be chosen, by its label, and how often it was."""
    question = tally.question
    ends = {GRADES[0]: question.lowest, GRADES[-1]: question.highest}
    named = {grade: f"{grade} ({end})" for grade, end in ends.items() if end}
    labels = named if question.kind == "scale" else {}
    return tuple((labels.get(choice, choice), number) for choice, number in tally.counts)


def teller(answer: Answer) -> tuple[str, str]:
    """Who has answered, and when; of who does not want to be named, neither."""
    if answer.is_anonymous:
        return "Without a name", ""
    return answer.created_by, f", {readable(answer.created_at)}"
