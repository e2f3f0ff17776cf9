"""The review pack, opened from disk without a network: looked at, decided, applied."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.demo.__main__ import main
from services.review.limits import LONGEST
from tests.bench.servers import Site, get
from tests.fakes.shots import SIZE, shot

CHANGED, NEW = "story/01-glance-desktop-light.png", "portfolio/add-phone-dark.png"
HOSTILE = '<img src=x onerror="document.title=1">&lt;'
EMPTY = "() => !document.querySelector('main img[src=x]') && document.title === 'Review'"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Pictures before and after: one changed, one new, one removed, one unchanged."""
    before, after = tmp_path / "before", tmp_path / "after"
    shot(before, CHANGED, "Browse")
    shot(after, CHANGED, "Look around")
    shot(after, NEW, "Add")
    shot(before, "portfolio/old-phone-dark.png", "Old")
    for folder in (before, after):
        shot(folder, "portfolio/bin-phone-dark.png", "Bin")
    return before, after


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A tab that reaches nobody."""
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def test_a_pack_is_reviewed_offline_and_its_decisions_are_applied(
    index: Site,
    offline: Page,
    folders: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, after = folders
    asked: list[str] = []
    offline.on("request", lambda request: asked.append(request.url))
    where = ["--against", str(before), "--shots", str(after)]
    main(["review", *where, "--out", str(tmp_path / "pack.html")])
    offline.goto((tmp_path / "pack.html").as_uri())

    for counted in ("1 changed", "1 new", "1 removed", "1 unchanged"):
        expect(offline.get_by_label(counted)).to_be_visible()
    first = offline.get_by_role("article").first
    expect(first.get_by_text("This is everything that we hold")).to_be_visible()
    expect(first.get_by_role("img", name="before")).to_have_js_property("naturalWidth", SIZE[0])
    first.get_by_role("button", name="Slider").click()
    expect(first.get_by_label("Before to after")).to_be_visible()
    first.get_by_role("button", name="Difference").click()
    expect(first.get_by_text("more than 16 of 255")).to_be_visible()
    expect(first.get_by_role("img", name="Where it differs")).to_be_visible()
    first.locator(".frame").click(position={"x": 80, "y": 60})
    first.get_by_label("Pin 1", exact=True).fill(HOSTILE)
    first.get_by_label("Comment").fill(HOSTILE)
    first.get_by_label("Request changes").check()
    second = offline.get_by_role("article", name="add")
    second.get_by_label("Approve").check()
    offline.get_by_label("Your name").fill("Ada")
    expect(offline.get_by_role("status")).to_have_text("2 of 3 decided")

    offline.reload()
    expect(first.get_by_label("Pin 1", exact=True)).to_have_value(HOSTILE)
    expect(second.get_by_label("Approve")).to_be_checked()
    assert offline.evaluate(EMPTY)
    with offline.expect_download() as started:
        offline.get_by_role("button", name="Download decisions").click()
    started.value.save_as(tmp_path / "decisions.json")
    pin = json.loads((tmp_path / "decisions.json").read_text())["decisions"][0]["pins"][0]
    assert (round(pin["x"]), round(pin["y"])) == (25, 25)
    assert {url.split(":")[0] for url in asked} <= {"file", "blob"}

    monkeypatch.setenv("BASKET_DYNAMODB_ENDPOINT", index.endpoint)
    monkeypatch.setenv("BASKET_DATA_DIR", str(tmp_path / "data"))
    for _ in range(2):  # the second time changes nothing
        main(["review", *where, "--apply", str(tmp_path / "decisions.json")])
    assert _said(index, "Ada") == {
        HOSTILE: "problem",
        f"Pin 1, 25 % from the left, 25 % from the top: {HOSTILE}": "problem",
    }
    assert (before / NEW).read_bytes() == (after / NEW).read_bytes()
    assert (before / CHANGED).read_bytes() != (after / CHANGED).read_bytes()


def test_a_pack_works_in_a_browser_that_does_not_remember(
    offline: Page, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
    offline.add_init_script(refuse)
    before, after = map(str, folders)
    main(["review", "--against", before, "--shots", after, "--out", str(tmp_path / "pack.html")])

    offline.goto((tmp_path / "pack.html").as_uri())
    offline.get_by_role("button", name="Approve the rest that is shown").click()

    expect(offline.get_by_role("status")).to_have_text("3 of 3 decided")


def test_a_remark_that_is_too_long_is_told_and_not_cut(
    offline: Page, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    before, after = map(str, folders)
    main(["review", "--against", before, "--shots", after, "--out", str(tmp_path / "pack.html")])
    offline.goto((tmp_path / "pack.html").as_uri())
    comment = offline.get_by_role("article").first.get_by_label("Comment")
    told = offline.get_by_role("alert")

    comment.fill("é" * LONGEST)
    expect(told).to_have_count(0)
    comment.fill("x" * (LONGEST + 12))
    expect(told).to_have_text("12 characters too many: kept once it is shorter.")
    expect(comment).to_have_value("x" * (LONGEST + 12))
    offline.reload()
    expect(comment).to_have_value("é" * LONGEST)


def _said(site: Site, name: str) -> dict[str, str]:
    """What somebody has said, each with its kind."""
    report = get(f"{site.url}/report?session=OPEN&format=json")
    assert report is not None
    return {
        one["text"]: one["kind"]
        for one in json.loads(report)["feedback"]
        if one["createdBy"] == name
    }
