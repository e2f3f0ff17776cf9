"""What is said of a change to many assets."""

from typing import Any

import pytest

from app.features.browse.bulk import words as bulk_words
from app.shell.jobs.progress import far
from app.shell.jobs.result import overtaken, refused
from services.bulk.records import BulkRecord, Done
from services.bulk.service import BulkJob
from services.jobs.job import Left
from services.model.current import current
from tests.fakes.assets import NOON


def job(what: Done = "edited", total: int = 5, **values: Any) -> BulkJob:
    never: Any = None
    record = BulkRecord(name="job", what=what, by="Ada", at=NOON, values=values, total=total)
    return BulkJob(record, never, pauses=(), end=never)


def come(about: BulkJob, number: int) -> None:
    """Have a job be through with so many, each changed."""
    about.progress.changed.update({str(place): 2 for place in range(number)})
    about.progress.done += number


def sentences(about: BulkJob) -> list[str]:
    return list(bulk_words.outcome(about))


@pytest.mark.parametrize(
    ("values", "number", "words"),
    [
        ({"tag": "ISA"}, 37, "37 assets get Tag = ISA."),
        ({"tag": "ISA"}, 1, "1 asset gets Tag = ISA."),
        ({"liquidityProfile": "HIGH"}, 2, "2 assets get Liquidity profile = High."),
        ({"tag": None}, 5000, "5,000 assets get an empty Tag."),
        ({"tag": []}, 2, "2 assets get an empty Tag."),
    ],
)
def test_what_will_be_is_said_beforehand(values: dict[str, Any], number: int, words: str) -> None:
    specs = {spec.name: spec for spec in current().fields}

    assert bulk_words.preview(number, values, specs) == words


def test_while_it_goes_on_it_says_what_and_how_far() -> None:
    about = job(tag="ISA")
    come(about, 2)

    assert bulk_words.doing(about) == "Changing 5 assets: Tag = ISA"
    assert far(about.progress) == "2 of 5"


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("edited", "5 assets are changed."),
        ("binned", "5 assets are moved to the bin."),
        ("restored", "5 assets are put back into the basket."),
        ("taken back", "5 assets are as before again."),
    ],
)
def test_what_has_come_of_it_is_said_in_one_sentence(what: Done, words: str) -> None:
    about = job(what)
    come(about, 5)

    assert sentences(about) == [words]


def test_what_was_so_already_is_told_apart() -> None:
    about = job(tag="ISA")
    come(about, 1)
    about.progress.same = 4
    about.progress.done += 4

    assert sentences(about) == ["1 asset is changed: Tag = ISA.", "4 had that value already."]


def test_if_everything_was_so_already_nothing_else_is_said() -> None:
    about = job(tag="ISA")
    about.progress.same = 5
    about.progress.done += 5

    assert sentences(about) == ["5 had that value already."]


def test_what_was_stopped_says_why_and_that_the_rest_is_as_it_was() -> None:
    about = job()
    come(about, 1)
    about.progress.overtaken.append(Left("1", "One", "Eve has changed it."))
    about.progress.done += 1
    about.problem = "The store is not answering."

    assert sentences(about) == [
        "Stopped after 2 of 5 assets. The others are as they were.",
        "The store is not answering.",
        "1 asset is changed.",
    ]


@pytest.mark.parametrize("say", [overtaken, refused])
def test_one_and_many_that_were_left_are_said_in_good_english(say: Any) -> None:
    assert say(1).startswith("1 asset was left as it is, because")
    assert say(5000).startswith("5,000 assets were left as they are, because")
