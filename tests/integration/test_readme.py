"""Every command of README and app/docs is run here, or is the very one that CI runs."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo.__main__ import main as demo
from app.demo.__main__ import parser
from app.scripts.shipped import named_script
from app.settings import Settings
from tests.bench.processes import free_port, spawned, wait_until
from tests.bench.servers import ROOT, Site, get
from tests.browser.security.test_signing_in import SECRETS
from tests.readme import ALL, PAGES, blocks

PYTHON = ".venv/bin/python"
"""What `make demo` has made."""
DEMO = f"{PYTHON} -m app.demo "
SERVING = {"make demo", f"{PYTHON} streamlit_app.py"}
INSTALLING = ["python3 -m venv .venv", ".venv/bin/pip install -r requirements.txt"]
RUN_ELSEWHERE = {"nginx": "tests/nginx.py", "python": "tests/pages/test_samples.py"}
RUN_BELOW = (f"{PYTHON} -m services.moto_server ", DEMO, "curl ")
RUN_BY_CI = {"make lint", "make test"}


def commands() -> list[str]:
    """The commands of all shell blocks, continuation lines joined."""
    lines = "\n".join(blocks("sh")).replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.strip()]


def inline() -> list[str]:
    """What sentences show as code."""
    return re.findall(r"`([^`\n]+)`", ALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """What `make demo` serves, by giving the other command of SERVING."""
    folder, port, moto = tmp_path_factory.mktemp("readme"), free_port(), free_port()
    endpoint = f"http://127.0.0.1:{moto}"
    settings = {
        "BASKET_PORT": str(port),
        "BASKET_DYNAMODB_ENDPOINT": endpoint,
        "BASKET_DATA_DIR": str(folder / "data"),
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        # What is installed for the tests: another folder might have to be filled first.
        "VENV": sys.prefix,
    }
    with spawned(
        "make demo", ["make", "demo"], folder=ROOT, log=folder / "log", environment=settings
    ) as process:
        running = Site(f"http://127.0.0.1:{port}", process, endpoint)
        wait_until(process, lambda: get(f"{running.url}/healthz") is not None)
        yield running


def settings_of(site: Site) -> dict[str, str]:
    """With which a command meets the app that runs."""
    data = site.process.log.parent / "data"
    return {"BASKET_DYNAMODB_ENDPOINT": site.endpoint, "BASKET_DATA_DIR": str(data)}


def test_ci_runs_what_readme_says_to_test_it_with() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert set(script) >= RUN_BY_CI
    assert set(commands()) >= RUN_BY_CI


def test_every_command_is_one_that_is_run_somewhere() -> None:
    known = SERVING | RUN_BY_CI | {*INSTALLING}
    others = [command for command in commands() if command not in known]
    for command in others:
        assert command.startswith(RUN_BELOW)


def test_the_app_starts_as_readme_says(site: Site) -> None:
    assert set(commands()) >= SERVING
    assert b"<title>" in (get(f"{site.url}/") or b"")
    made = subprocess.run(["make", "-n", "demo"], cwd=ROOT, capture_output=True, check=True)
    assert b"python streamlit_app.py" in made.stdout


def test_every_target_of_make_that_is_told_of_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    shown = [*commands(), *inline()]
    told = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(shown)))
    assert told >= {"demo", "test", "fresh", "constraints"}
    assert told <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_the_calls_work_verbatim_one_after_the_other(site: Site) -> None:
    folder = site.process.log.parent
    for command in commands():
        if command.startswith("curl "):
            here = command.replace("http://127.0.0.1:8000", site.url)
            ran = subprocess.run(
                ["/bin/sh", "-c", f"{here} --silent --fail-with-body"],
                capture_output=True,
                check=True,
                cwd=folder,
            )
            said = ran.stdout or (folder / "assets.csv").read_bytes()
            assert any(word in said for word in (b"identifier", b'"items"', b'"unchanged":'))


def test_the_requirements_are_installed_as_readme_says() -> None:
    """Only looked at: what pip changed now, other tests would lose while they use it."""
    first = commands().index(INSTALLING[0])
    assert commands()[first : first + 2] == INSTALLING
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "-m venv $(VENV)" in makefile
    looking = ["install", "--dry-run", "--quiet", "--report", "-", "-r", "requirements.txt"]
    ran = subprocess.run(
        [sys.executable, "-m", "pip", *looking], cwd=ROOT, check=True, capture_output=True
    )
    assert json.loads(ran.stdout)["install"] == []


def test_the_moto_that_remembers_starts_as_readme_says(tmp_path: Path) -> None:
    command = next(one for one in commands() if one.startswith(f"{PYTHON} -m services.moto_server"))
    port = free_port()
    here = command.replace("3000", str(port)).replace(".basket", str(tmp_path / "data"))
    arguments = [sys.executable, *here.split()[1:]]
    with spawned("moto", arguments, folder=ROOT, log=tmp_path / "log") as process:
        wait_until(process, lambda: get(f"http://127.0.0.1:{port}/_basket/status") is not None)


def test_everything_that_is_linked_exists() -> None:
    links = [
        (page, link)
        for page, text in PAGES.items()
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    ]
    assert len(links) > 10
    assert [link for page, link in links if not (page.parent / link).exists()] == []
    for page, text in PAGES.items():
        for picture in re.findall(r"(?:!\[[^]]*\]\(|<img src=\")([^)\"]+)", text):
            assert (page.parent / picture).stat().st_size > 10_000


def test_python_is_never_one_that_lacks_what_was_installed() -> None:
    assert not re.findall(r"(?<![\w/])python[0-9.]* -m (?!venv)", ALL)


def test_every_sample_is_of_a_language_that_is_tried() -> None:
    tried = {"sh", "ini", "toml", "yaml", *RUN_ELSEWHERE}
    assert set(re.findall(r"^```(\w+)$", ALL, re.MULTILINE)) == tried
    assert all((ROOT / file).exists() for file in RUN_ELSEWHERE.values())


def test_the_settings_that_are_shown_are_taken(tmp_path: Path) -> None:
    shown = blocks("ini")
    for number, text in enumerate(shown):
        file = tmp_path / str(number)
        file.write_text(text, encoding="utf-8")
        names = {line.split("=")[0].removeprefix("BASKET_").lower() for line in text.split()}
        taken = Settings(_env_file=file).model_fields_set
        assert taken == names & set(Settings.model_fields) != set()


def test_the_secrets_that_are_shown_are_those_that_sign_people_in() -> None:
    (shown,) = map(tomllib.loads, blocks("toml"))
    assert shown["auth"].keys() == tomllib.loads(SECRETS.format(port=1, provider=""))["auth"].keys()


def test_the_demo_script_that_is_shown_can_be_followed(tmp_path: Path) -> None:
    (shown,) = blocks("yaml")
    file = tmp_path / "shown.yaml"
    file.write_text(shown, encoding="utf-8")
    assert len(named_script(file).steps) == 2


def test_the_first_command_of_a_new_shell_finds_what_was_installed(
    site: Site, tmp_path: Path
) -> None:
    for name, there in (
        (".venv", sys.prefix),
        ("app", ROOT / "app"),
        ("services", ROOT / "services"),
    ):
        (tmp_path / name).symlink_to(there)
    command = next(one for one in commands() if one.startswith(DEMO))
    ran = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        env={**settings_of(site), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    )
    assert b"portfolio" in ran.stdout


def test_every_command_in_a_sentence_is_one_that_there_is() -> None:
    told = [one for one in inline() if one.startswith(DEMO)]
    assert len(told) > 3
    for command in told:
        assert parser().parse_args(shlex.split(command)[3:])


def test_the_scenarios_are_loaded_saved_and_undone_as_readme_says(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in settings_of(site).items():
        monkeypatch.setenv(name, value)
    for command in commands():
        if command.startswith(DEMO):
            demo(shlex.split(command)[3:])

    told = capsys.readouterr().out
    for said in (
        "Loaded “portfolio”: 61 assets in the place of ",
        "Saved as “before the meeting”.",
        "Loaded “edge”: 33 assets in the place of 61 assets.",
        "33 added, 61 removed, 0 changed",
        "61 assets in the place of 33 assets.",
        "is there already, exactly so.",
    ):
        assert said in told
    with pytest.raises(SystemExit, match="2"):
        demo(["load", "nonsense"])
