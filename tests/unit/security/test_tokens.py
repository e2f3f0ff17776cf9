"""Keys and session tokens: whom they let in, and for how long."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from app.security.tokens import PASS_SECONDS, Keys, RevokedTokens, SessionToken

NOW = 1_000_000.0


def test_keys_are_made_once_kept_for_their_owner_alone_and_outlive_a_restart(
    tmp_path: Path,
) -> None:
    first = Keys.kept_in(tmp_path / "data")

    assert Keys.kept_in(tmp_path / "data") == first
    assert len({first.secret, first.presenter, first.token}) == 3
    assert stat.S_IMODE((tmp_path / "data" / "keys.json").stat().st_mode) == 0o600


def test_keys_that_are_given_count_and_are_not_written_down(tmp_path: Path) -> None:
    keys = Keys.kept_in(tmp_path, presenter="open sesame", token="t" * 20)

    assert keys.is_presenter_key(" open sesame ")
    assert keys.is_token("t" * 20)
    assert "sesame" not in (tmp_path / "keys.json").read_text()


def test_a_pass_lets_in_whom_it_was_made_for_until_it_expires(tmp_path: Path) -> None:
    keys = Keys.kept_in(tmp_path)
    guest = keys.pass_for("guest", NOW, "K7M-2QX")
    known_by = guest.split(".")[2]

    assert keys.read(guest, NOW) == SessionToken("guest", NOW + PASS_SECONDS, known_by, "K7M-2QX")
    assert keys.read(guest, NOW + PASS_SECONDS - 1) is not None
    assert keys.read(guest, NOW + PASS_SECONDS) is None


@pytest.mark.parametrize(
    "forge",
    [
        lambda shown: shown.replace("guest", "presenter"),
        lambda shown: shown.replace(".1", ".9", 1),
        lambda shown: shown[:-1],
        lambda shown: shown.rpartition(".")[0],
        lambda _: "",
        lambda _: "...",
        lambda _: "presenter.99999999999.ü",
    ],
)
def test_a_pass_that_somebody_has_altered_lets_nobody_in(
    forge: Callable[[str], str], tmp_path: Path
) -> None:
    keys = Keys.kept_in(tmp_path)

    assert keys.read(forge(keys.pass_for("guest", NOW)), NOW) is None


def test_no_two_passes_are_the_same(tmp_path: Path) -> None:
    keys = Keys.kept_in(tmp_path)
    first, second = (keys.read(keys.pass_for("guest", NOW), NOW) for _ in range(2))

    assert first is not None
    assert second is not None
    assert first.id != second.id


def test_a_pass_that_nothing_could_end_lets_nobody_in(tmp_path: Path) -> None:
    keys = Keys.kept_in(tmp_path)
    body = f"presenter.{int(NOW + 60)}"

    assert keys.read(f"{body}.{keys._signature(body)}", NOW) is None


def test_a_pass_that_was_ended_stays_so_after_a_restart_until_it_would_have_expired(
    tmp_path: Path,
) -> None:
    first, second = SessionToken("guest", NOW + 60, "1"), SessionToken("guest", NOW + 600, "2")
    ended = RevokedTokens(tmp_path)
    assert not ended.has(first)
    ended.end([first], NOW)

    assert ended.has(first)
    assert RevokedTokens(tmp_path).has(first)
    assert not RevokedTokens(tmp_path).has(second)
    ended.end([second], NOW + 61)
    assert list(json.loads((tmp_path / "ended.json").read_text())) == ["2"]
    assert stat.S_IMODE((tmp_path / "ended.json").stat().st_mode) == 0o600


def test_another_presenter_key_ends_every_pass(tmp_path: Path) -> None:
    shown = Keys.kept_in(tmp_path, presenter="first key").pass_for("presenter", NOW)

    assert Keys.kept_in(tmp_path, presenter="second key").read(shown, NOW) is None


def test_a_trace_does_not_tell_the_keys(tmp_path: Path) -> None:
    keys = Keys.kept_in(tmp_path)

    assert all(kept not in repr(keys) for kept in (keys.secret, keys.presenter, keys.token))
