"""Review in the app: pictures are compared beside it, decided by everybody, accepted by one."""

from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.features.review.comparison_worker import compare_apart
from app.features.review.telling import tell
from services.errors import NotAllowed, StoreUnavailable
from services.review.decisions import BadDecisions
from services.review.index import Compared, PictureIndex
from services.review.service import ReviewService
from services.review.verdicts import VerdictService
from tests.fakes.shots import shot
from tests.fakes.talk import Talk
from tests.integration.stores import eventually

GLANCE, ADD = "story/01-glance-desktop-light.png", "story/04-add-phone-dark.png"


class Table:
    """Where pictures are reviewed, by people who share a store."""

    def __init__(self, folder: Path) -> None:
        self.before, self.after = folder / "before", folder / "after"
        self.talk = Talk()
        self.desk = ReviewService(
            PictureIndex(self.before, self.after, tell),
            VerdictService(
                self.talk.documents, self.talk.catalogue, self.talk.sessions, self.talk.clock
            ),
            self.talk.sessions,
            self.talk.feedback,
        )

    def compared(self) -> Compared:
        """As soon as all pictures are."""
        assert eventually(lambda: self.desk.index.look().is_done)
        return self.desk.index.look()

    def digest(self, file: str) -> str:
        return str(next(row["digest"] for row in self.compared().rows if row["file"] == file))

    def decide(self, file: str, decision: str, person: str = "ada") -> None:
        told = {"file": file, "digest": self.digest(file), "decision": decision}
        self.desk.decide(told, person=person, name=person.capitalize())


@pytest.fixture
def table(tmp_path: Path) -> Table:
    made = Table(tmp_path)
    shot(made.before, GLANCE, "Browse")
    shot(made.after, GLANCE, "Look around")
    shot(made.after, ADD, "Add")
    return made


def test_pictures_are_told_with_their_step_and_served_as_long_as_they_are_the_same(
    table: Table,
) -> None:
    compared = table.compared()
    changed, new = compared.in_order

    assert compared.counts == {"changed": 1, "new": 1, "removed": 0, "unchanged": 0}
    assert changed["shows"] == "The whole basket, the newest assets first."
    name = changed["pictures"]["before"][0]
    assert table.desk.index.picture(name) == (table.before / GLANCE).read_bytes()
    marks = table.desk.index.picture(changed["pictures"]["marks"][0])
    assert marks
    assert marks.startswith(b"\x89PNG")
    assert "before" not in new["pictures"]
    shot(table.before, GLANCE, "Another one")
    assert table.desk.index.picture(name) is None
    for outside in ("../keys.json", "p" + "0" * 24, ""):
        assert table.desk.index.picture(outside) is None


def test_pictures_taken_anew_are_compared_anew_and_those_that_are_not_are_not(
    table: Table,
) -> None:
    first = table.compared()
    assert table.desk.index.look() is first
    shot(table.after, GLANCE, "Browse")

    assert table.compared().counts["unchanged"] == 1


def test_a_broken_picture_is_told_and_the_others_are_shown(table: Table) -> None:
    (table.after / ADD).write_bytes(b"no picture")

    compared = table.compared()

    assert compared.broken == [f"{ADD} is no picture that can be read."]
    assert [row["file"] for row in compared.rows] == [GLANCE]


def test_without_pictures_nothing_is_started(tmp_path: Path) -> None:
    compared = PictureIndex(tmp_path / "before", tmp_path / "after", tell).look()

    assert (compared.is_empty, compared.is_done) == (True, True)


def test_what_somebody_says_of_a_picture_is_feedback_that_leads_back_to_it(table: Table) -> None:
    pin = {"x": 10, "y": 20.4, "text": "here"}
    which = {"file": GLANCE, "digest": table.digest(GLANCE), "status": "changed"}
    told = {**which, "decision": "changes", "comment": "Too small", "pins": [pin]}
    for _ in range(2):
        table.desk.say(told, person="ada", name="Ada")
    table.desk.say(told, person="another ada", name="Ada")

    said = table.talk.feedback.all()
    assert sorted(one.text for one in said if one.person == "ada") == [
        "Pin 1, 10 % from the left, 20 % from the top: here",
        "Too small",
    ]
    assert len(said) == 4
    assert {one.kind for one in said} == {"problem"}
    assert {one.place.page for one in said} == {"Review: story/01-glance"}
    assert {one.place.address for one in said} == {
        "review?shot=story%2F01-glance-desktop-light.png"
    }


def test_what_is_approved_and_nobody_wants_changed_is_the_new_baseline(table: Table) -> None:
    table.decide(GLANCE, "approve")
    table.decide(ADD, "approve")
    table.decide(ADD, "changes", "bob")
    done = table.desk.accept(role="presenter")
    assert done.accepted == [GLANCE]
    assert (table.before / GLANCE).read_bytes() == (table.after / GLANCE).read_bytes()
    assert not (table.before / ADD).exists()

    table.decide(ADD, "", "bob")
    assert table.desk.accept(role="presenter").accepted == [ADD]
    assert table.compared().counts["unchanged"] == 2


def test_what_was_thought_of_another_picture_does_not_count(table: Table) -> None:
    table.decide(GLANCE, "approve")
    shot(table.after, GLANCE, "Nobody has seen this")
    table.compared()

    assert table.desk.accept(role="presenter").accepted == []


def test_only_who_presents_accepts(table: Table) -> None:
    table.decide(GLANCE, "approve")

    with pytest.raises(NotAllowed):
        table.desk.accept(role="guest")
    assert (table.before / GLANCE).read_bytes() != (table.after / GLANCE).read_bytes()


def test_pictures_that_are_not_there_and_nonsense_are_refused(table: Table) -> None:
    digest = table.digest(GLANCE)
    for told in (
        {"file": "../x.png", "digest": digest, "decision": "approve"},
        {"file": ADD, "digest": digest, "decision": "approve"},
        {"file": GLANCE, "digest": digest, "decision": "perhaps"},
        {"file": GLANCE, "digest": digest, "decision": "", "pins": [{"x": 101, "y": 0}]},
    ):
        with pytest.raises(BadDecisions):
            table.desk.say(told, person="ada", name="Ada")
    assert not table.talk.feedback.all()


def test_while_the_store_is_away_nothing_is_taken_for_kept(table: Table) -> None:
    digest = table.digest(GLANCE)
    table.talk.store.away = True
    with pytest.raises(StoreUnavailable):
        table.desk.decide(
            {"file": GLANCE, "digest": digest, "decision": "approve"}, person="ada", name="Ada"
        )


def test_compared_beside_the_app_it_is_the_same(table: Table) -> None:
    folders = (table.before, table.after)

    assert list(compare_apart(*folders)) == list(tell(*folders))


def test_when_whoever_compares_dies_it_is_told(table: Table) -> None:
    def dies(*_: Path) -> Generator[Mapping[str, Any], None, None]:
        yield {"total": 2}

    compared = PictureIndex(table.before, table.after, dies)
    assert eventually(lambda: compared.look().is_done)
    assert compared.look().broken == [
        "Not all pictures were compared. Take them anew, or look again."
    ]
