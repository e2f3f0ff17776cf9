"""The report: everything that was said, in every format, and nothing in it ever runs."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from services.assets.service import AssetService
from services.errors import FeedbackNotFound, SessionNotFound
from services.model.patch import patch_of
from services.model.session import OPEN
from services.report import data, html, markdown
from services.report.content import Report
from services.report.service import ReportService
from tests.fakes.assets import entered
from tests.fakes.store import MemoryRepository
from tests.fakes.talk import Talk

CODE, BASE = "AAA-AAA", "http://127.0.0.1:8000/"
HOSTILE = [
    '<img src=x onerror="alert(1)">',
    "</pre></article><script>alert(1)</script>",
    "![](http://example.invalid/x.png) [x](javascript:alert(1))",
    "$x^2$ `code` **bold** # heading | cell",
    "=cmd|' /C calc'!A0",
    "&lt;b&gt; &amp;",
    "שלום \u202eabc\u202c",
]


class Review:
    """A session with everything that can happen in one."""

    def __init__(self) -> None:
        self.talk = Talk()
        clock = self.talk.clock
        self.assets = AssetService(
            MemoryRepository(self.talk.store), self.talk.catalogue, clock=clock
        )
        self.reports = ReportService(
            self.talk.sessions,
            self.talk.feedback,
            self.talk.answers,
            self.assets,
            self.talk.tours,
            self.talk.led_tours,
            clock=clock,
        )
        self.assets.add(entered(name="Before"), by="Early")
        self.talk.sessions.start("Review", "Find gaps", by="Pat", code=CODE, role="presenter")
        self.talk.sessions.join(CODE, person="ada", name="Ada")

    def report(self) -> Report:
        return self.reports.of(CODE, BASE)

    def written(self) -> dict[str, str]:
        """The report in each format."""
        made = self.report()
        return {
            "html": html.html(made),
            "markdown": markdown.markdown(made),
            "csv": data.csv(made).decode("utf-8-sig"),
            "json": data.as_json(made),
        }


@pytest.fixture
def review() -> Review:
    return Review()


@pytest.mark.parametrize("kind", ["html", "markdown", "csv", "json"])
def test_every_format_holds_everything_that_was_said(review: Review, kind: str) -> None:
    said = [f"Remark number {number}x" for number in range(30)]
    for text in said:
        review.talk.say(text)
    written = review.written()[kind]
    assert [text for text in said if text not in written] == []
    assert "tag=ISA" in written


def test_it_tells_goal_attendance_timeline_and_what_changed_meanwhile(review: Review) -> None:
    asset = review.assets.add(entered(name="Gold"), by="Ada")
    change = patch_of(entered(name="Gold bar"), asset.version)
    review.assets.edit(asset.identifier, change, by="Ada")
    one = review.talk.say("Colour", rating=4)
    review.talk.feedback.triage(
        CODE, one.identifier, by="Pat", reply="Soon", tags=["ui"], role="presenter"
    )
    review.talk.sessions.close(CODE, by="Pat", role="presenter")
    review.assets.add(entered(name="Afterwards"), by="Late")
    for kind, written in review.written().items():
        assert "Soon" in written
        if kind != "csv":
            assert "Find gaps" in written
            assert "Gold bar" in written
            assert not re.search("Before|Afterwards", written)
    told = [moment.what for moment in review.report().timeline]
    assert told[0] == "began the session"
    assert told[1] == "joined"
    assert told[-1] == "closed the session"
    assert review.report().rating == "4.0 of 5, from 1 rating"


def test_what_says_the_same_stands_together_and_counts(review: Review) -> None:
    first, second = review.talk.say("Colour"), review.talk.say("Colours", person="bob", by="Bob")
    review.talk.feedback.merge(CODE, second.identifier, into=first.identifier, role="presenter")
    made = review.report()
    assert [entry.said.text for entry in made.entries] == ["Colour"]
    assert made.by_kind == [("idea", 2)]
    assert "Bob" in html.html(made)


class _Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.told: dict[str, str | None] = {}
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.told |= dict(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_the_html_report_shows_what_was_typed_and_asks_nobody_for_anything(
    review: Review, text: str
) -> None:
    one = review.talk.say(text, by=text, place={"asset_name": text})
    review.talk.feedback.triage(
        CODE, one.identifier, by=text, reply=text, tags=[text[:30]], role="presenter"
    )
    page = _Page(html.html(review.report()))
    assert page.text.count(text) >= 4
    assert not {"script", "img", "link", "iframe", "object", "base", "form"} & set(page.tags)
    assert not {name for name in page.told if name.startswith("on") or name == "src"}
    assert (page.told["content"] or "").startswith("width=")
    assert "default-src 'none'" in html.html(review.report())


@pytest.mark.parametrize("text", HOSTILE)
def test_the_markdown_report_holds_no_markup_of_others(review: Review, text: str) -> None:
    review.talk.say(text, by=text)
    written = markdown.markdown(review.report())
    assert not re.search(
        r"(?<!\\)(!\[|\]\(|<[a-z/]+[ >]|\$|`|\*\*)", written.replace(f"<{BASE}", "")
    )


def test_a_link_in_the_report_leads_into_the_app_alone(review: Review) -> None:
    one = review.talk.say("Colour")
    assert review.report().link(one) == f"{BASE}?tag=ISA"


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_and_json_give_back_what_was_typed(review: Review, text: str) -> None:
    review.talk.say(text)
    written = review.written()
    (row,) = csv.DictReader(io.StringIO(written["csv"], newline=""))
    assert row["text"] in (text, f"'{text}")
    assert not row["text"].startswith("=")
    assert json.loads(written["json"])["feedback"][0]["text"] == text


def test_nobody_is_told_what_tells_people_apart(review: Review) -> None:
    one = review.talk.say("Colour", person="secret-number")
    review.talk.feedback.agree(CODE, one.identifier, person="other-number", name="Bob")
    for written in review.written().values():
        assert "secret-number" not in written
        assert "other-number" not in written


def test_one_thing_is_an_issue_of_its_own(review: Review) -> None:
    one = review.talk.say("Colour of *things*", kind="problem")
    review.talk.say("Other")
    told = markdown.issues(review.reports.item(CODE, one.identifier, BASE))
    assert told.startswith("# Problem\\: Colour of \\*things\\*")
    assert f"<{BASE}?tag=ISA>" in told
    assert "Other" not in told
    with pytest.raises(FeedbackNotFound):
        review.reports.item(CODE, "nothing", BASE)


def test_every_format_holds_what_was_asked_with_its_chart_and_every_answer(
    review: Review,
) -> None:
    choice = review.talk.ask("Ship it?", options=("Yes", "Not yet"))
    for who, value in [("Ada", "Yes"), ("Bob", "Yes"), ("Cy", "Not yet")]:
        review.talk.answer(choice, value, who)
    scale = review.talk.ask("How clear?", kind="scale", highest="Crystal")
    review.talk.answer(scale, "4", "Bob")
    words = review.talk.ask("What is missing?", kind="text")
    review.talk.answer(words, "A **search**", "Cy")
    written = review.written()
    for told in written.values():
        for text in ("Ship it?", "Not yet", "How clear?", "What is missing?", "Bob", "Cy"):
            assert text in told
    assert written["html"].count('<i style="width:100%">') >= 2
    assert '<i style="width:50%"></i><span>1</span>' in written["html"]
    assert f"- Yes {'█' * 20} 2\n- Not yet {'█' * 10} 1\n" in written["markdown"]
    assert "1 answer, mean 4.0 of 5" in written["markdown"]
    assert "5 (Crystal)" in written["html"]
    asked = json.loads(written["json"])["questions"]
    assert asked[0]["counts"] == {"Yes": 2, "Not yet": 1}
    assert asked[2]["answers"][0]["value"] == "A **search**"
    assert "asked: Ship it?" in [moment.what for moment in review.report().timeline]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_asked_and_answered_is_shown_as_typed_and_never_runs(
    review: Review, text: str
) -> None:
    asked = review.talk.ask(text, kind="choice", options=(text, "Other"))
    review.talk.answer(asked, asked.options[0], text)
    words = review.talk.ask("Why?", kind="text")
    review.talk.answer(words, text, text)
    written = review.written()
    page = _Page(written["html"])
    assert page.text.count(asked.options[0]) >= 4
    assert not {"script", "img", "link", "iframe", "object", "base", "form"} & set(page.tags)
    assert not re.search(
        r"(?<!\\)(!\[|\]\(|<[a-z/]+[ >]|\$|`|\*\*)", written["markdown"].replace(f"<{BASE}", "")
    )
    rows = list(csv.DictReader(io.StringIO(written["csv"], newline="")))
    assert not [row for row in rows if row["text"].startswith("=")]


def test_who_answers_without_a_name_is_named_nowhere(review: Review) -> None:
    asked = review.talk.ask("Why?", kind="text")
    review.talk.answer(asked, "By name", "Zoe")
    review.talk.answer(asked, "In secret", "Zoe", anonymous=True)
    for told in review.written().values():
        assert "In secret" in told
        assert not re.search("zoe", told, re.IGNORECASE)
        assert "number of" not in told
    assert "Without a name" in review.written()["html"]
    (asked,) = json.loads(review.written()["json"])["questions"]
    assert asked["answers"] == [{"value": "In secret", "by": None, "at": None}]


def test_a_question_is_an_issue_of_its_own(review: Review) -> None:
    asked = review.talk.ask("Ship *it*?")
    review.talk.say("Other")
    told = markdown.issues(review.reports.item(CODE, asked.identifier, BASE))
    assert told.startswith("# Question\\: Ship \\*it\\*?")
    assert "- Yes 0" in told
    assert "Other" not in told


def test_there_is_a_report_of_what_was_said_outside_of_sessions_but_none_of_no_session(
    review: Review,
) -> None:
    review.talk.say("Alone", code=OPEN)
    made = review.reports.of(OPEN, BASE)
    assert [one.text for one in made.said] == ["Alone"]
    assert "Outside of any session" in html.html(made)
    with pytest.raises(SessionNotFound):
        review.reports.of("ZZZ-ZZZ", BASE)


def test_a_report_of_nothing_stands(review: Review) -> None:
    assert all(review.written().values())
