"""What is said of a change to many assets."""

from contextlib import nullcontext
from typing import Any

import pytest

from app.features.browse.bulk import words as bulk_words
from services.bulk.job import Done, Job, Left
from services.model.current import current


def job(what: Done = "edited", total: int = 5, **values: Any) -> Job:
    chosen = {str(number): 1 for number in range(total)}
    never: Any = None
    return Job("job", what, "Ada", chosen, never, never, nullcontext, (), values=values)


def done(number: int) -> dict[str, int]:
    return {str(place): 2 for place in range(number)}


def sentences(about: Job) -> list[str]:
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
    about.changed.update(done(2))

    assert bulk_words.doing(about) == "Changing 5 assets: Tag = ISA"
    assert bulk_words.progress(about) == "2 of 5"


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
    about.changed.update(done(5))

    assert sentences(about) == [words]


def test_what_was_so_already_is_told_apart() -> None:
    about = job(tag="ISA")
    about.changed.update(done(1))
    about.same = 4

    assert sentences(about) == ["1 asset is changed: Tag = ISA.", "4 had that value already."]


def test_if_everything_was_so_already_nothing_else_is_said() -> None:
    about = job(tag="ISA")
    about.same = 5

    assert sentences(about) == ["5 had that value already."]


def test_what_was_stopped_says_why_and_that_the_rest_is_as_it_was() -> None:
    about = job()
    about.changed.update(done(1))
    about.overtaken.append(Left("1", "One", "Eve has changed it."))
    about.problem = "The store is not answering."

    assert sentences(about) == [
        "Stopped after 2 of 5 assets. The others are as they were.",
        "The store is not answering.",
        "1 asset is changed.",
    ]


@pytest.mark.parametrize("say", [bulk_words.overtaken, bulk_words.refused])
def test_one_and_many_that_were_left_are_said_in_good_english(say: Any) -> None:
    assert say(1).startswith("1 asset was left as it is, because")
    assert say(5000).startswith("5,000 assets were left as they are, because")
