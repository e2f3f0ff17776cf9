"""What every page owes its reader on a phone and on a desk."""

import re
from typing import Literal

from playwright.sync_api import Page, expect

from tests.bench.servers import Site
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import names, open_page, rows, settled, stored, submit

# Texts of the page that reach past its right edge.
BEYOND = """() => Array.from(document.querySelectorAll("[data-testid=stMain] *"))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1
               && e.checkVisibility() && e.textContent.trim())
  .map(e => e.outerHTML.slice(0, 120))"""
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def addresses(site: Site) -> dict[str, str]:
    """Every page, by name."""
    identifier = stored(site.url)[0]["identifier"]
    return {
        "browse": site.url,
        "nothing found": f"{site.url}/?q=nothing-is-called-this",
        "add": f"{site.url}/add",
        "asset": f"{site.url}/asset?id={identifier}",
        "activity": f"{site.url}/activity",
        "bin": f"{site.url}/bin",
        "feedback": f"{site.url}/feedback",
        "present": f"{site.url}/present",
        "join": f"{site.url}/join",
        "import": f"{site.url}/import",
        "model": f"{site.url}/model",
        "tour": f"{site.url}/tour",
        "unknown asset": f"{site.url}/asset?id=unknown",
    }


def test_every_page_is_ours_speaks_not_of_streamlit_and_fits_a_phone(
    index: Site, page: Page
) -> None:
    for name, address in addresses(index).items():
        page.set_viewport_size(DESK)
        open_page(page, address)
        expect(page).to_have_title(re.compile("Asset Basket"))
        _is_ours(page)
        page.set_viewport_size(PHONE)
        settled(page)
        assert page.evaluate(FITS), name
        assert not page.evaluate(BEYOND), name


def _is_ours(page: Page) -> None:
    expect(page.get_by_role("img", name="Logo").first).to_be_visible()
    expect(page.get_by_text("Deploy")).to_have_count(0)
    expect(page.get_by_test_id("stMainMenu")).to_have_count(0)
    expect(page.get_by_text(re.compile("streamlit", re.IGNORECASE))).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_phone_shows_each_asset_as_a_card_and_reaches_every_page(
    index: Site, phone: Page
) -> None:
    open_page(phone, index.url)
    row = rows(phone).first
    expect(row).to_be_visible()
    name, tag = row.locator("td[data-label=Name]"), row.locator("td[data-label=Tag]")
    above, below = name.bounding_box(), tag.bounding_box()
    assert above
    assert below
    assert below["y"] >= above["y"] + above["height"] - 1
    shown = tag.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "Tag" in shown
    names(phone).first.tap()
    expect(phone.get_by_role("link", name="All assets")).to_be_visible()

    link = phone.get_by_role("link", name="Add asset")
    opener = phone.get_by_test_id("stExpandSidebarButton")
    if opener.is_visible():
        opener.tap()
    expect(link).to_be_in_viewport()
    link.tap()
    expect(submit(phone)).to_be_in_viewport()


def test_text_stands_out_from_its_background_by_day_and_by_night(index: Site, page: Page) -> None:
    open_page(page, f"{index.url}/?sort=name")
    expect(rows(page)).to_have_count(25)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(".stApp")).to_have_css("color-scheme", scheme)
        for spot in (
            rows(page).first.locator("td").nth(1),
            rows(page).locator(".badge").first,
            page.get_by_role("button", name="Add asset").get_by_text("Add asset"),
        ):
            assert spot.evaluate(_CONTRAST) >= 4.5, scheme  # WCAG 2.1, 1.4.3
        you = page.get_by_role("button", name="You are Guest")
        you.click()
        expect(you).to_have_attribute("aria-expanded", "true")
        assert you.get_by_role("paragraph").evaluate(_CONTRAST) >= 4.5, scheme
        you.click()


# The contrast of an element's text with what is painted behind it.
_CONTRAST = """element => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", {willReadFrequently: true});
  const behind = [];
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host)
    behind.unshift(getComputedStyle(at).backgroundColor);
  const luminance = () => {
    const [r, g, b] = Array.from(brush.getImageData(0, 0, 1, 1).data, part => {
      part /= 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paint = colour => { brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1); };
  behind.forEach(paint);
  const back = luminance();
  paint(getComputedStyle(element).color);
  const [dark, light] = [back, luminance()].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}"""
