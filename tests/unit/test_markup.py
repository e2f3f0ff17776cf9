"""HTML from templates: what was typed stays text, wherever it is put."""

from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from app.security.login_page import entrance
from services.markup import html, trusted


class Page(HTMLParser):
    """What a browser makes of it: its tags with their attributes, and its text."""

    def __init__(self, made: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(made)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_value_is_shown_as_it_is_and_never_taken_for_markup() -> None:
    typed = "<b title=\"x\" onclick='y'> &amp; {{ 7 * 7 }}"
    made = html('<p title="{{ typed }}">{{ typed }}</p>', typed=typed)
    page = Page(made)

    assert page.text == typed
    assert page.tags == [("p", {"title": typed})]


def test_what_is_not_given_is_a_mistake_and_no_gap() -> None:
    with pytest.raises(UndefinedError, match="name"):
        html("<p>{{ name }}</p>")


def test_our_own_html_and_css_is_put_in_as_it_is() -> None:
    assert html("<style>{{ ours }}</style>", ours=trusted("a > b { }")) == (
        "<style>a > b { }</style>"
    )


def test_the_login_page_takes_nothing_that_it_is_given_for_markup() -> None:
    typed = '"><script>alert(1)</script>'
    page = Page(entrance(typed, typed, typed, typed))

    assert "script" not in {tag for tag, _ in page.tags}
    values = [attributes for _, attributes in page.tags]
    assert [one["value"] for one in values if one.get("type") == "hidden"] == [typed, typed]
    assert [one["action"] for one in values if "action" in one] == [f"{typed}/enter"] * 2
    assert [one["href"] for one in values if "href" in one] == [typed]
    assert typed in page.text
