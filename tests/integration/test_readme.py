"""Every command of README and app/docs is run here, or is the very one that CI runs."""

import importlib
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo.__main__ import main as demo
from services.model.current import MODULE, Watch
from tests.bench.processes import free_port, spawned, wait_until
from tests.bench.servers import ROOT, Site, get
from tests.integration.stores import supervised

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {
    path: path.read_text("utf-8") for path in [ROOT / "README.md", *ROOT.glob("app/docs/*.md")]
}
ALL = "\n".join(PAGES.values())
BLOCKS = re.findall(r"```sh\n(.*?)```", ALL, re.DOTALL)
PYTHON = ".venv/bin/python"
"""What `make demo` has made."""
SERVING = {"make demo", "python streamlit_app.py"}
RUN_BELOW = (f"{PYTHON} -m services.moto_server ", f"{PYTHON} -m app.demo ")
RUN_BY_CI = {"make lint", "make test"}


def commands() -> list[str]:
    """The commands of all shell blocks, continuation lines joined."""
    lines = "\n".join(BLOCKS).replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.strip()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """What `make demo` serves, by giving the other command of SERVING."""
    folder, port, moto = tmp_path_factory.mktemp("readme"), free_port(), free_port()
    settings = {
        "BASKET_PORT": str(port),
        "BASKET_DYNAMODB_ENDPOINT": f"http://127.0.0.1:{moto}",
        "BASKET_DATA_DIR": str(folder / "data"),
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        # What is installed for the tests: another folder might have to be filled first.
        "VENV": sys.prefix,
    }
    with spawned(
        "make demo", ["make", "demo"], folder=ROOT, log=folder / "log", environment=settings
    ) as process:
        running = Site(f"http://127.0.0.1:{port}", process)
        wait_until(process, lambda: get(f"{running.url}/healthz") is not None)
        yield running


def test_ci_runs_what_readme_says_to_test_it_with() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert set(script) >= RUN_BY_CI
    assert set(commands()) >= RUN_BY_CI


def test_every_command_is_one_that_is_run_somewhere() -> None:
    known = SERVING | RUN_BY_CI
    others = [command for command in commands() if command not in known]
    for command in others:
        assert command.startswith((*RUN_BELOW, "curl ", "pip install "))


def test_the_app_starts_as_readme_says(site: Site) -> None:
    assert set(commands()) >= SERVING
    assert b"<title>" in (get(f"{site.url}/") or b"")
    made = subprocess.run(["make", "-n", "demo"], cwd=ROOT, capture_output=True, check=True)
    assert b"python streamlit_app.py" in made.stdout


def test_every_target_of_make_that_is_told_of_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = set(re.findall(r"\bmake ([a-z-]+)", "\n".join([*BLOCKS, *re.findall(r"`.+?`", ALL)])))
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
            assert any(word in said for word in (b"identifier", b'"items"', b'"unchanged":1'))


def test_the_requirements_are_installed_as_readme_says() -> None:
    """Only looked at: what pip changed now, other tests would lose while they use it."""
    assert "pip install -r requirements.txt" in commands()
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
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).stat().st_size > 10_000


def test_python_is_never_one_that_lacks_what_was_installed() -> None:
    assert not re.findall(r"(?<![\w/])python[0-9.]* -m", ALL)


def test_the_sample_of_a_field_works_where_readme_puts_it(tmp_path: Path) -> None:
    (sample,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    imports = "".join(line for line in sample.splitlines(keepends=True) if line.startswith("from "))
    (field,) = [line for line in sample.splitlines() if line.startswith("    ")]
    asset = (ROOT / "services" / "model" / "asset.py").read_text(encoding="utf-8")
    file = tmp_path / "asset.py"
    file.write_text(asset.replace("\n\nfrom ", f"\n\n{imports}from ", 1) + field + "\n")

    before = importlib.import_module(MODULE)
    try:
        model = Watch(file).sight.model
    finally:
        sys.modules[MODULE] = before

    assert model.fields[-1].name == "price"
    assert model.fields[-1].unit == "GBP"


def test_the_scenarios_are_loaded_saved_and_undone_as_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with supervised(tmp_path / "data") as kept:
        monkeypatch.setenv("BASKET_DYNAMODB_ENDPOINT", kept.endpoint)
        monkeypatch.setenv("BASKET_DATA_DIR", str(kept.data))
        for command in commands():
            if command.startswith(f"{PYTHON} -m app.demo "):
                demo(shlex.split(command)[3:])

    told = capsys.readouterr().out
    for said in (
        "Loaded “portfolio”: 61 assets in the place of 0 assets.",
        "Saved as “before the meeting”.",
        "Loaded “edge”: 33 assets in the place of 61 assets.",
        "33 added, 61 removed, 0 changed",
        "61 assets in the place of 33 assets.",
        "is there already, exactly so.",
    ):
        assert said in told
    with pytest.raises(SystemExit, match="2"):
        demo(["load", "nonsense"])
