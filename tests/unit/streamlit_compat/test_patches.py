"""An upgrade of Streamlit: each patch is applied only where all is there that it needs."""

import logging
import re
from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.runtime import app_session
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests

from app.settings import ROOT
from app.streamlit_compat import names, oidc, patches, speed
from app.streamlit_compat.names import Patch, PrivateName, Reach
from tests.unit.streamlit_compat.kept import keep

REACHES: tuple[Reach, ...] = (*patches.PATCHES, oidc.REACH)
NEEDS = [(reach, name) for reach in REACHES for name in reach.needs]


@pytest.fixture(autouse=True)
def _as_shipped(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is applied or found out here is unknown to other tests."""
    names.holds.cache_clear()
    for patch in patches.PATCHES:
        keep(patch, monkeypatch)
    yield
    names.holds.cache_clear()


@pytest.mark.parametrize("reach", REACHES, ids=lambda reach: reach.name)
def test_the_pinned_streamlit_is_as_a_reach_needs_it(reach: Reach) -> None:
    assert reach.missing() == []


def test_a_patch_has_a_name_and_says_what_is_lost_without_it() -> None:
    assert len({reach.name for reach in REACHES}) == len(REACHES)
    for patch in patches.PATCHES:
        assert re.search("[Ww]ithout", patch.apply.__doc__ or ""), patch.name
        assert patch.purpose


def test_all_patches_are_applied_and_are_no_reason_not_to_apply_them_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = applied()
    patches.apply_patches()
    assert [name for name, was in before.items() if applied()[name] is was] == []
    assert [reach.name for reach in REACHES if reach.missing()] == []
    assert caplog.records == []


def applied() -> dict[str, object]:
    """What has the names now that patches replace."""
    return {
        "rerun": app_session.AppSession.request_rerun,
        "run": ScriptRunner._run_script,
        "ready": ScriptRequests.on_scriptrunner_ready,
        "flush": speed.FLUSH_INTERVAL.get(),
        "theme": app_session._populate_theme_msg,
    }


@pytest.mark.parametrize(
    ("reach", "name"), NEEDS, ids=[f"{reach.name}-{name.path}" for reach, name in NEEDS]
)
def test_what_a_name_is_missing_for_is_left_out_with_one_warning(
    reach: Reach,
    name: PrivateName,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    owner, last = name.place()
    monkeypatch.delattr(owner, last)
    others = [one for one in REACHES if name in one.needs and one is not reach]

    if isinstance(reach, Patch):
        patches.apply_patches()
        patches.apply_patches()
    for one in (reach, reach, *others):
        assert not names.holds(one)

    told = [record for record in caplog.records if f"“{reach.name}”" in record.getMessage()]
    assert len(told) == 1
    assert told[0].levelno == logging.WARNING
    for said in (reach.purpose, last, st.__version__):
        assert said in told[0].getMessage()


def test_the_other_patches_are_applied_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ScriptRunner, "_run_script")
    session = app_session.AppSession.request_rerun
    patches.apply_patches()

    assert not hasattr(ScriptRunner, "_run_script")
    assert app_session.AppSession.request_rerun is not session


CHANGED = "tests.unit.streamlit_compat.changed:"


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        (PrivateName(f"{CHANGED}Session"), ""),
        (PrivateName("tests.unit.streamlit_compat.moved:Session"), "moved:Session"),
        (PrivateName(f"{CHANGED}Gone"), "Gone"),
        (PrivateName(f"{CHANGED}Session.ask", parameters="self, what"), ""),
        (PrivateName(f"{CHANGED}Session.ask", parameters="self"), "Session.ask(self)"),
        (PrivateName(f"{CHANGED}Session", attributes="ask _state page"), ""),
        (PrivateName(f"{CHANGED}Session", attributes="ask _other"), "Session._other"),
        (PrivateName(f"{CHANGED}Data", attributes="given made"), ""),
        (PrivateName(f"{CHANGED}Data", attributes="gone"), "Data.gone"),
        (PrivateName(f"{CHANGED}SECONDS", used_by=f"{CHANGED}Session.wait"), ""),
        (
            PrivateName(f"{CHANGED}SECONDS", used_by=f"{CHANGED}Session.ask"),
            f"SECONDS in {CHANGED}Session.ask",
        ),
        (
            PrivateName(f"{CHANGED}SECONDS", used_by=f"{CHANGED}gone"),
            f"SECONDS in {CHANGED}gone",
        ),
    ],
)
def test_what_has_changed_is_named(name: PrivateName, missing: str) -> None:
    assert name.missing().endswith(missing)
    assert bool(name.missing()) == bool(missing)


def test_without_a_name_of_the_sign_in_there_is_no_provider(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("streamlit.auth_util.get_secrets_auth_section", lambda: {"auth": "there"})
    assert oidc.has_provider()
    monkeypatch.delattr("streamlit.web.server.server_util.get_cookie_secret")
    names.holds.cache_clear()
    assert not oidc.has_provider()


def test_every_element_of_the_page_that_is_named_is_in_the_pinned_streamlit() -> None:
    folder = ROOT / "app" / "streamlit_compat"
    named = set[str]()
    for file in ("dom.py", "streamlit.css"):
        text = (folder / file).read_text(encoding="utf-8")
        named |= set(re.findall(r"\bst[A-Z]\w+|\bst-key-|\bdata-(?!testid)[a-z-]+", text))
    assert named > {"stApp", "st-key-", "data-stale", "stMainBlockContainer"}

    static = names.PrivateName("streamlit:__file__").get()
    scripts = (ROOT / static).parent.joinpath("static").rglob("*.js")
    shipped = set[str]()
    for script in scripts:
        shipped |= set(re.findall(r"[\w-]+", script.read_text(encoding="utf-8")))
    assert named - shipped == set()
