"""300 hostile texts wherever something can be typed: shown as they are, nothing comes of them."""

import contextlib
import csv
import io
import json
import urllib.error
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app import bootstrap
from app.settings import Settings
from services.errors import InvalidName
from services.model.query import AssetQuery
from services.model.session import new_code
from services.names import LONGEST_NAME, tidy
from services.scenarios.checkpoints import Checkpoints
from services.scenarios.checkpoints import tidy as tidy_checkpoint
from tests.bench.servers import Site, get, patient_product, post
from tests.browser.conftest import NewContext
from tests.browser.steps import add_by_api, open_page, settled
from tests.browser.steps import names as names_of
from tests.fakes.hostile import AWAY, TEXTS, UNKEEPABLE
from tests.fakes.talk import Clock, given

# What the document holds as text, that of our own pieces of page included; and how often the
# browser was kept from something that the page's policy does not allow.
_WATCH = """
  window.violations = [];
  addEventListener("securitypolicyviolation", event => violations.push(event.blockedURI));
"""
_SHOWN = """() => {
  const found = [], roots = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (!element.children.length) found.push(element.textContent);
      for (const name of ["value", "title", "aria-label"])
        if (typeof element[name] === "string") found.push(element[name]);
        else if (element.getAttribute(name)) found.push(element.getAttribute(name));
      for (const node of element.childNodes) if (node.nodeType === 3) found.push(node.data);
    }
  }
  return found;
}"""


class House:
    """An app full of hostile texts, each of them kept by the services that the pages call."""

    def __init__(self, site: Site, data: Path, spare: Path) -> None:
        self.site, self._data = site, data
        settings = Settings(dynamodb_endpoint=site.endpoint, data_dir=spare)
        self.basket = bootstrap.build(settings)
        self.codes = [new_code() for _ in range(3)]

    def fill(self) -> None:
        """Write everything that people can write."""
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(self._add, TEXTS[::10]))
            self._import()
            self._sessions()
            list(pool.map(self._say, range(len(TEXTS)), TEXTS))
            list(pool.map(self._join, range(len(TEXTS)), TEXTS[::2]))
            list(pool.map(self._name_a_view, TEXTS[::15]))
        for text in TEXTS[::15]:
            Checkpoints(self._data / "checkpoints", Clock()).save(text[:40], {})

    def _add(self, text: str) -> None:
        identifier = add_by_api(self.site.url, text, tag=text[:60], currency="XTS")
        kept = json.loads(get(f"{self.site.url}/asset/{identifier}", 20) or b"")
        assert (kept["name"], kept["tag"]) == (text, text[:60].strip())

    def _import(self) -> None:
        lines = io.StringIO()
        csv.writer(lines).writerow(("name", "tag", "liquidityProfile", "ccy"))
        csv.writer(lines).writerows((text, text[:60], "HIGH", "XXX") for text in TEXTS)
        body = lines.getvalue().encode()
        told = json.loads(post(f"{self.site.url}/asset/import?format=csv", body, 30))
        assert told["added"] == len(TEXTS)

    def _sessions(self) -> None:
        for number, text in enumerate(TEXTS[::15]):
            code = self.codes[number] if number < 3 else new_code()
            self.basket.sessions.start(text, text, by=text[:60], code=code, role="presenter")
        self.live = code

    def _say(self, number: int, text: str) -> None:
        code = self.codes[number % 2]
        self.basket.feedback.give(code, given(text), person=f"{number}", by=tidy(text)[:60])

    def _join(self, number: int, text: str) -> None:
        self.basket.sessions.join(self.live, person=f"{number}", name=text[:LONGEST_NAME])

    def _name_a_view(self, text: str) -> None:
        self.basket.views.save(text[:40], "?q=x", by=text[:60])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = tmp_path_factory.mktemp("hostile") / "data"
    with patient_product(data) as site:
        made = House(site, data, tmp_path_factory.mktemp("spare"))
        made.fill()
        yield made
        made.basket.close()


@pytest.fixture
def page(new_context: NewContext) -> Iterator[Page]:
    """A tab that notes what a text would come to."""
    made = new_context().new_page()
    made.add_init_script(_WATCH)
    asked: list[str] = []
    made.on("dialog", lambda dialog: asked.append(dialog.message))
    yield made
    assert asked == []


def harmless(page: Page, expected: Iterable[str]) -> None:
    """Every text stands on the page as it is, none has run, and none was kept from fetching."""
    # Of white space HTML shows what the page wants; of all else nothing may be lost or added.
    shown = {" ".join(text.split()) for text in page.evaluate(_SHOWN)}
    missing = [text for text in expected if " ".join(text.split()) not in shown]
    assert missing == []
    assert page.evaluate("window.hostile") is None
    assert page.evaluate("window.violations") == []


@pytest.mark.torture
def test_every_text_is_shown_as_it_is_and_nothing_comes_of_it(
    house: House, page: Page, torture: bool
) -> None:
    url = house.site.url
    everything = house.basket.assets.browse(AssetQuery(sort="name", limit=1000)).items
    names = [asset.name for asset in everything if asset.ccy == "XXX"]
    assert len(names) == len(TEXTS)
    open_page(page, f"{url}/?sort=name&ccy=XXX")
    # The table shows all names alike, and each text is on the board below.
    pages = -(-len(names) // 25)
    for number in range(pages if torture else 3):
        if number:
            page.get_by_role("button", name="Next page").click()
            expect(names_of(page).first).to_have_text(names[25 * number])
            settled(page)
        harmless(page, names[25 * number : 25 * number + 25])
    for code, texts in zip(house.codes, (TEXTS[::2], TEXTS[1::2]), strict=False):
        open_page(page, f"{url}/feedback?session={code}")
        harmless(page, texts)
    live = house.basket.sessions.get(house.live)
    people = [one.name for one in house.basket.sessions.attendance(live.code)]
    assert len(people) == len(TEXTS[::2])
    open_page(page, f"{url}/present")
    harmless(page, [*people, *map(tidy, TEXTS[::15])])
    open_page(page, f"{url}/join?code={live.code}")
    harmless(page, [live.title])
    open_page(page, f"{url}/scenarios")
    harmless(page, [tidy_checkpoint(text[:40]) for text in TEXTS[::15]])
    for path in ("activity", "tour", "model", "import", "add"):
        open_page(page, f"{url}/{path}")
        harmless(page, [])
    page.goto(f"{url}/asset/docs", wait_until="networkidle")
    harmless(page, [])


def test_what_is_typed_in_the_browser_stays_text(house: House, page: Page) -> None:
    url = house.site.url
    text = f"{TEXTS[0]}![]({AWAY})"[:60]
    open_page(page, f"{url}/")
    page.get_by_role("button", name="You are").click()
    page.get_by_role("textbox", name="Your name").fill(text)
    page.get_by_role("textbox", name="Your name").press("Enter")
    expect(page.get_by_role("button", name=f"You are {text}")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Give feedback").click()
    page.get_by_role("textbox", name="Comment").fill(text)
    page.get_by_role("button", name="Send").click()
    open_page(page, f"{url}/feedback?sort=newest&person=")
    harmless(page, [text])
    table = f"name,tag,liquidityProfile,ccy\n{_cell(text)},{_cell(text)},HIGH,XTS\n"
    open_page(page, f"{url}/import")
    page.get_by_role("tab", name="Paste").click()
    page.get_by_role("textbox", name="Table").fill(table)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("1 rows, 4 columns")).to_be_visible()
    settled(page)
    harmless(page, [])


def test_the_report_of_a_hostile_session_opens_offline_and_does_nothing(
    house: House, page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(
        get(f"{house.site.url}/report?session={house.codes[0]}&format=html", 20) or b""
    )
    page.goto(file.as_uri())
    harmless(page, TEXTS[::2])


def test_a_file_of_them_comes_back_as_it_was(house: House) -> None:
    for kind in ("json", "csv"):
        back = get(f"{house.site.url}/asset/export?format={kind}&ccy=XXX", 30) or b""
        again = post(f"{house.site.url}/asset/import?key=identifier&dry_run=true", back, 30)
        assert json.loads(again)["unchanged"] == len(TEXTS)


@pytest.mark.parametrize("text", UNKEEPABLE)
def test_what_cannot_be_kept_as_it_is_is_refused_by_the_fields_name(
    house: House, text: str
) -> None:
    told = outcome(house.site, text)

    assert told == text or told == ["name"]


def test_a_hostile_name_of_a_thing_is_kept_or_refused_in_a_sentence(house: House) -> None:
    for text in (*UNKEEPABLE, "", " ", "x" * 10_000):
        with contextlib.suppress(InvalidName):
            house.basket.views.save(text, "?q=x", by="Ada", replacing=True)
    kept = {view.name for view in house.basket.views.all()}
    assert kept >= {tidy(text) for text in UNKEEPABLE}
    assert all(0 < len(name) <= LONGEST_NAME for name in kept)


def outcome(site: Site, name: str) -> object:
    """What an asset's name is once it is kept; the fields that are refused."""
    try:
        identifier = add_by_api(site.url, name)
    except urllib.error.HTTPError as refused:
        told = json.loads(refused.read())
        return [problem["field"] for problem in told.get("problems", [])]
    return json.loads(get(f"{site.url}/asset/{identifier}", 20) or b"")["name"]


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
