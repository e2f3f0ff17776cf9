"""Who is here: whoever holds a line open, on the page last looked at."""

import pytest

from services.sessions.presence import Presence


@pytest.fixture
def presence() -> Presence:
    made = Presence()
    made.at("tab", "ada", "Ada", "Browse")
    made.opened("tab")
    return made


def test_who_has_a_page_open_is_here_until_it_is_closed(presence: Presence) -> None:
    assert presence.here() == {"ada": ("Browse",)}
    presence.closed("tab")
    assert presence.here() == {}


def test_turning_to_another_page_is_seen(presence: Presence) -> None:
    presence.at("tab", "ada", "Ada", "Import")
    assert presence.here() == {"ada": ("Import",)}


def test_several_tabs_are_one_person_the_last_page_first(presence: Presence) -> None:
    presence.at("other", "ada", "Ada", "Add asset")
    presence.opened("other")
    assert presence.here() == {"ada": ("Add asset", "Browse")}
    presence.closed("other")
    assert presence.here() == {"ada": ("Browse",)}


def test_only_what_is_new_is_news(presence: Presence) -> None:
    before = presence.revision
    presence.at("tab", "ada", "Ada", "Browse")
    presence.closed("nobody's")
    assert presence.revision == before
    presence.at("tab", "ada", "Ada", "Bin")
    assert presence.revision == before + 1


def test_a_line_that_is_open_before_its_page_is_drawn_counts_once_it_is() -> None:
    restarted = Presence()
    restarted.opened("tab")
    assert restarted.here() == {}
    assert restarted.who("tab") == ("", "")
    restarted.at("tab", "ada", "Ada", "Browse")
    assert restarted.here() == {"ada": ("Browse",)}
