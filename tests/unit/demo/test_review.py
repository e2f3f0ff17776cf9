"""Pictures before and after: what differs, and what becomes of the decisions."""

import json
from pathlib import Path

import pytest
from PIL import Image

from app.command_line import DEMO
from app.demo.__main__ import main
from app.demo.review.pack import pack
from services.errors import StoreUnavailable
from services.model.feedback import FeedbackInput
from services.review.applying import apply
from services.review.comparing import differing
from services.review.decisions import BadDecisions, Decisions, read_decisions
from services.review.gathering import BadShots, counts, gather
from services.review.limits import THRESHOLD
from services.tour.script import Script
from tests.fakes.shots import shot

CLOCK = {"left": 250, "top": 0, "width": 70, "height": 20}
GLANCE, ADD = "story/01-glance-desktop-light.png", "story/02-add-phone-dark.png"


def script(**masks: object) -> Script:
    step = {"name": "glance", "say": "Look", "shot": "Everything"}
    return Script.model_validate(
        {
            "title": "Story",
            "scenario": "empty",
            "steps": [step | masks, {"name": "add", "say": "Add <b>", "shot": "The form"}],
        }
    )


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return tmp_path / "before"


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return tmp_path / "after"


def statuses(before: Path, after: Path, told: Script) -> dict[str, str]:
    return {one.file: one.status for one in gather(before, after, {"story": told})}


def test_a_word_is_found_in_exactly_the_pictures_that_show_it(before: Path, after: Path) -> None:
    for number, words in enumerate((["Add asset"], ["Browse"], ["Browse", "Add asset"])):
        shot(before, f"portfolio/page{number}-desktop-light.png", *words)
        changed = [word.replace("Add", "New") for word in words]
        shot(after, f"portfolio/page{number}-desktop-light.png", *changed)

    assert statuses(before, after, script()) == {
        "portfolio/page0-desktop-light.png": "changed",
        "portfolio/page2-desktop-light.png": "changed",
        "portfolio/page1-desktop-light.png": "unchanged",
    }


def test_a_masked_clock_is_no_change_where_it_is_declared(before: Path, after: Path) -> None:
    for file in (GLANCE, ADD):
        shot(before, file, "Browse", clock="09:30")
        shot(after, file, "Browse", clock="10:47")

    found = statuses(before, after, script(masks=[CLOCK]))

    assert found == {GLANCE: "unchanged", ADD: "changed"}


def test_a_mask_of_one_device_hides_nothing_on_another(before: Path, after: Path) -> None:
    shot(before, GLANCE, clock="09:30")
    shot(after, GLANCE, clock="10:47")

    found = statuses(before, after, script(masks=[CLOCK | {"devices": ["phone"]}]))

    assert found == {GLANCE: "changed"}


def test_beside_a_mask_a_word_is_still_found(before: Path, after: Path) -> None:
    shot(before, GLANCE, "Browse", clock="09:30")
    shot(after, GLANCE, "Brows", clock="10:47")

    assert statuses(before, after, script(masks=[CLOCK])) == {GLANCE: "changed"}


def test_only_a_difference_above_the_threshold_counts() -> None:
    black = Image.new("RGB", (4, 4))

    assert not differing(black, Image.new("RGB", (4, 4), (THRESHOLD, 0, 0))).any()
    assert differing(black, Image.new("RGB", (4, 4), (0, THRESHOLD + 1, 0))).all()
    # What a page has grown by is a difference, whatever it shows.
    assert differing(black, Image.new("RGB", (4, 6))).sum() == 8


def test_what_is_new_and_removed_is_told_and_failures_are_no_pictures(
    before: Path, after: Path
) -> None:
    shot(before, ADD)
    shot(after, GLANCE)
    shot(after, "story/03-x-phone-dark.failed.png")

    found = gather(before, after, {"story": script()})

    assert {one.file: one.status for one in found} == {GLANCE: "new", ADD: "removed"}
    assert counts(found) == {"changed": 0, "new": 1, "removed": 1, "unchanged": 0}
    assert [one.step and one.step.shot for one in found] == ["Everything", "The form"]


def test_no_pictures_and_a_broken_one_are_told(before: Path, after: Path) -> None:
    with pytest.raises(BadShots, match="There are no pictures"):
        gather(before, after, {})
    shot(before, GLANCE)
    shot(after, GLANCE).write_bytes(b"no picture")
    with pytest.raises(BadShots, match=f"{GLANCE} is no picture"):
        gather(before, after, {})


def test_the_command_says_with_which_command_pictures_are_taken(
    before: Path, after: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = ["--against", str(before), "--shots", str(after), "--out", str(tmp_path / "pack")]
    with pytest.raises(SystemExit, match="2"):
        main(["review", *folders])
    assert f"There are no pictures in {after}. Take some: {DEMO} shoot\n" in capsys.readouterr().err


def test_a_pack_has_one_picture_of_what_is_unchanged_and_no_markup_of_texts(
    before: Path, after: Path
) -> None:
    shot(before, ADD, "same")
    shot(after, ADD, "same")

    told = "".join(pack(gather(before, after, {"story": script()})))

    assert told.count('type="text/plain"') == 1
    assert "Add \\u003cb>" in told
    assert "<b>" not in told


def decided(after: Path, file: str, decision: str, **more: object) -> Decisions:
    status = more.pop("status", "changed")
    digest = gather(after, after, {})[0].digest
    one = {"file": file, "status": status, "digest": digest, "decision": decision, **more}
    return Decisions.model_validate(
        {"format": "asset-basket-review-1", "pack": "p", "reviewer": "Ada", "decisions": [one]}
    )


def test_an_approved_picture_is_the_new_baseline_and_others_stay(before: Path, after: Path) -> None:
    old = shot(before, GLANCE, "old")
    new = shot(after, GLANCE, "new").read_bytes()
    kept = old.read_bytes()

    apply(decided(after, GLANCE, "changes"), before, after, lambda _: None)
    assert old.read_bytes() == kept
    done = apply(decided(after, GLANCE, "approve"), before, after, lambda _: None)

    assert done.accepted == [GLANCE]
    assert old.read_bytes() == new
    assert [path.name for path in before.iterdir()] == ["story"]


def test_a_picture_taken_anew_since_is_left_alone(before: Path, after: Path) -> None:
    old = shot(before, GLANCE, "old")
    kept = old.read_bytes()
    shot(after, GLANCE, "looked at")
    decisions = decided(after, GLANCE, "approve")
    shot(after, GLANCE, "nobody has seen this")

    done = apply(decisions, before, after, lambda _: None)

    assert done.outdated == [GLANCE]
    assert old.read_bytes() == kept


def test_an_approved_removal_removes(before: Path, after: Path) -> None:
    old = shot(before, GLANCE, "old")

    done = apply(
        decided(before, GLANCE, "approve", status="removed"), before, after, lambda _: None
    )

    assert done.removed == [GLANCE]
    assert not old.exists()


def test_remarks_are_the_same_when_they_are_said_again(before: Path, after: Path) -> None:
    shot(after, GLANCE)
    pin = {"x": 10, "y": 20.4, "text": "here"}
    decisions = decided(after, GLANCE, "changes", comment="Too small", pins=[pin])
    said: list[FeedbackInput] = []

    for _ in range(2):
        apply(decisions, before, after, said.append)

    assert said[:2] == said[2:]
    assert [(one.kind, one.text) for one in said[:2]] == [
        ("problem", "Too small"),
        ("problem", "Pin 1, 10 % from the left, 20 % from the top: here"),
    ]


def test_while_the_store_is_away_nothing_is_accepted(before: Path, after: Path) -> None:
    def away(_: FeedbackInput) -> None:
        raise StoreUnavailable

    shot(after, GLANCE)
    with pytest.raises(StoreUnavailable):
        apply(decided(after, GLANCE, "approve", comment="Fine"), before, after, away)

    assert not (before / GLANCE).exists()


@pytest.mark.parametrize("file", ["../x.png", "/etc/x.png", "story/x.txt", "a\\..\\x.png"])
def test_decisions_never_reach_outside_the_folder(tmp_path: Path, file: str) -> None:
    one = {"file": file, "status": "new", "digest": "", "decision": "approve"}
    told = {"format": "asset-basket-review-1", "pack": "p", "decisions": [one]}
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps(told))

    with pytest.raises(BadDecisions, match="is no picture below the folder"):
        read_decisions(path)
