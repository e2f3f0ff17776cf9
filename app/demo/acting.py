"""Does at a page what a script says, as somebody does who sees it for the first time."""

import json
import re
import urllib.request
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Locator, Page

from app.demo.camera import at_rest
from app.demo.stage import DIRECT, Stage
from app.scripts.yaml_lines import BadScript
from app.streamlit_compat import dom
from services.tour.action import Action, Change, File

_ROLES = ("button", "link", "radio", "tab", "checkbox", "option")


async def act(page: Page, site: Stage, action: Action) -> None:
    """Do one thing, and wait until the page has followed.

    Raises BadScript for an asset that is not there, and what Playwright raises for what is not to
    be found on the page.
    """
    match action:
        case Action(open=str(name)):
            await page.goto(f"{site.url}/{'' if name == 'browse' else name}")
        case Action(open_asset=str(name)):
            await page.goto(f"{site.url}/asset?id={identifier(site, name)}")
        case Action(click=str(name)):
            await (await _pressable(page, name)).click()
        case Action(fill=dict(fields)):
            for label, text in fields.items():
                await page.get_by_label(label, exact=True).fill(text)
        case Action(choose=dict(fields)):
            for label, value in fields.items():
                await _choose(page, label, value)
        case Action(press=str(key)):
            await page.keyboard.press(key)
        case Action(upload=File(name=name, text=text)):
            file = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
            await page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a dict serves for Playwright's FilePayload
        case Action(change=Change() as change):
            _change(site, change)
        case Action(add=dict(values)):
            _call(site, "POST", "asset/", values, "A colleague")
    await at_rest(page)


def identifier(site: Stage, name: str) -> str:
    """Of the asset that is called so. Raises BadScript."""
    found = site.asset(name)
    if not found:
        raise BadScript(f"There is no asset “{name}”.")
    return found


async def _pressable(page: Page, name: str) -> Locator:
    """What is called so in the page itself, before what is called so in the frame around it."""
    main = page.get_by_test_id(dom.MAIN)
    exactly = re.compile(rf"^\W*{re.escape(name)}\W*$")
    found = [main.get_by_role(role, name=name, exact=True) for role in _ROLES]  # type: ignore[arg-type]  # a str is one of the roles
    form = main.get_by_test_id(dom.FORM).get_by_role("button", name=exactly)
    anywhere = page.get_by_role("link", name=exactly)
    await _any(*found, anywhere).first.wait_for()
    for each in (form, *found, anywhere):
        if await each.count() and await each.first.is_visible():
            return each.first
    return anywhere.first


def _any(first: Locator, *others: Locator) -> Locator:
    for other in others:
        first = first.or_(other)
    return first


async def _choose(page: Page, label: str, value: str) -> None:
    """Type into a list, and take what it then offers."""
    field = page.get_by_role("combobox", name=label).first
    await field.click()
    await field.fill(value)
    known = re.compile(rf"^(Add: )?{re.escape(value)}( |$)")
    await page.get_by_role("option", name=known).first.click()
    await page.keyboard.press("Tab")


def _change(site: Stage, change: Change) -> None:
    where = f"asset/{identifier(site, change.asset)}"
    with DIRECT.open(f"{site.url}/{where}", timeout=20) as answer:
        version = json.load(answer)["version"]
    _call(site, "PATCH", where, {"version": version, **change.to}, change.by)


def _call(site: Stage, method: str, path: str, body: Mapping[str, Any], by: str) -> None:
    headers = {"Content-Type": "application/json", "X-Basket-User": by}
    asked = urllib.request.Request(  # noqa: S310 - our own app
        f"{site.url}/{path}", json.dumps(body).encode(), headers, method=method
    )
    DIRECT.open(asked, timeout=20).close()
