"""The settings: where they come from, and that README tells them all."""

import re
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from app.settings import ROOT, Settings, load
from services.errors import StartRefused


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BASKET_{name.upper()}", raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")


def test_the_defaults_are_the_designs() -> None:
    settings = load()

    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.dynamodb_endpoint == "http://127.0.0.1:3000"
    assert (settings.region, settings.table) == ("eu-west-1", "AssetBasket")
    assert settings.data_dir == ROOT / ".basket"
    assert settings.target == "moto"
    assert settings.model_fields_set == set()


def test_a_variable_of_the_environment_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASKET_PORT", "8765")
    monkeypatch.setenv("basket_table", "Other")
    monkeypatch.setenv("PORT", "1")
    monkeypatch.setenv("TABLE", "NotMine")

    settings = load()

    assert (settings.port, settings.table) == (8765, "Other")
    assert settings.model_fields_set == {"port", "table"}


def test_a_file_named_env_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("BASKET_PORT=8765\nBASKET_REGION=eu-north-1\nOTHER=1\n")
    monkeypatch.setenv("BASKET_PORT", "9000")

    settings = load()

    assert (settings.port, settings.region) == (9000, "eu-north-1")


def test_a_folder_is_relative_to_the_readme_and_not_to_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BASKET_DATA_DIR", "elsewhere")
    assert load().data_dir == ROOT / "elsewhere"

    monkeypatch.setenv("BASKET_DATA_DIR", str(tmp_path))
    assert load().data_dir == tmp_path


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BASKET_PORT", "eighty"),
        ("BASKET_PORT", "0"),
        ("BASKET_PORT", "65536"),
        ("BASKET_PORT", ""),
        ("BASKET_REGION", ""),
        ("BASKET_TABLE", "a b"),
        ("BASKET_TABLE", "ab"),
        ("BASKET_TABLE", "x" * 256),
        ("BASKET_TARGET", "azure"),
    ],
)
def test_an_invalid_value_stops_the_start_with_a_sentence_that_names_it(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(StartRefused) as caught:
        load()

    assert str(caught.value).startswith(f"{variable} is {value!r}: ")


def test_every_invalid_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASKET_PORT", "eighty")
    monkeypatch.setenv("BASKET_TARGET", "azure")

    with pytest.raises(StartRefused, match=r"BASKET_PORT .*\. BASKET_TARGET .*\.$"):
        load()


def test_a_secret_that_is_easily_guessed_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BASKET_PRESENTER_KEY", "hunter2")

    with pytest.raises(StartRefused, match="BASKET_PRESENTER_KEY is unfit") as refusal:
        load()

    assert "hunter2" not in str(refusal.value)


def test_the_readmes_table_tells_every_setting_with_its_default() -> None:
    told = dict(re.findall(r"^\|\s*`(BASKET_\w+)`\s*\|([^|]*)\|", _readme(), re.MULTILINE))

    there = {f"BASKET_{name.upper()}": info for name, info in Settings.model_fields.items()}
    assert set(told) == set(there)
    for name, info in there.items():
        assert info.default is not PydanticUndefined
        assert told[name].strip().strip("`") == str(info.default), name


def _readme() -> str:
    readme = ROOT / "README.md"
    assert readme.exists(), "README.md has a table of all settings"
    return readme.read_text()


def test_presenters_are_addresses_and_domains_with_commas_between() -> None:
    settings = Settings(presenters=" Ada@Example.org,@team.example ,")

    assert settings.presenter_names == {"ada@example.org", "@team.example"}
    assert Settings().presenter_names == frozenset()


@pytest.mark.parametrize("wrong", ["Ada", "team.example", "@", "ada@localhost", "a@b.c, Bob"])
def test_a_presenter_who_is_no_address_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("BASKET_PRESENTERS", wrong)

    with pytest.raises(StartRefused, match="neither an e-mail address nor a domain"):
        load()


def test_a_public_address_may_have_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASKET_PUBLIC_URL", "https://demo.example.org:8443/some/basket/")
    settings = load()

    assert settings.public_url == "https://demo.example.org:8443/some/basket"
    assert settings.public_site == "demo.example.org:8443"
    assert settings.base_path == "/some/basket"
    monkeypatch.delenv("BASKET_PUBLIC_URL")
    assert (load().public_site, load().base_path) == ("", "")


@pytest.mark.parametrize(
    "wrong",
    [
        "demo.example.org",
        "ftp://demo.example.org",
        "https://",
        "https://demo.example.org/?a=1",
        "https://demo.example.org/#a",
        "https://ada@demo.example.org",
        "https://demo.example.org/a b",
        "https://demo.example.org//evil",
        "https://demo.example.org/../x;y",
        "https://[",
    ],
)
def test_a_public_address_that_is_none_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("BASKET_PUBLIC_URL", wrong)

    with pytest.raises(StartRefused, match="BASKET_PUBLIC_URL is "):
        load()


def test_trusted_proxies_are_addresses_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASKET_TRUSTED_PROXY", " 127.0.0.1, 10.0.0.0/8 ,::1")

    assert [str(each) for each in load().proxies] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]
    monkeypatch.setenv("BASKET_TRUSTED_PROXY", "")
    assert load().proxies == ()
    monkeypatch.setenv("BASKET_TRUSTED_PROXY", "nginx")
    with pytest.raises(StartRefused, match="neither an address nor a network"):
        load()


def test_the_app_is_this_machines_until_it_is_said_that_others_come() -> None:
    assert Settings().is_local
    assert not Settings(host="0.0.0.0").is_local
    assert not Settings(public_url="https://demo.example").is_local
    assert not Settings(trusted_proxy="::1").is_local
