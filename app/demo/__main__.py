"""Scenarios from the command line: `python -m app.demo load portfolio`."""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from app import bootstrap
from app.command_line import DEMO, PYTHON
from app.demo import told
from app.demo.review import command as reviewing
from app.scripts.shipped import find, named_script, scripts
from app.settings import load as settings
from services.errors import BasketError
from services.scenarios.comparing import gone_with
from services.scenarios.service import NOW, ScenarioService
from services.scenarios.shipped import names

PICTURED = ("empty", "portfolio", "edge")
"""The scenarios that pictures are taken of, unless others are asked for."""
Command = Callable[[ScenarioService, argparse.Namespace], str]


class ToolMissing(BasketError):  # noqa: N818 - says what there is not
    """Something has to be installed; the text says what."""


class NotUndone(BasketError):  # noqa: N818 - says what has not happened
    """Something would go that was done since; the text says what."""


def parser() -> argparse.ArgumentParser:
    """Every command that there is."""
    made = argparse.ArgumentParser(
        prog=DEMO, description="Data to begin a demo with, and to come back to."
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    name = "a scenario or a checkpoint; see list"
    one = commands.add_parser("load", help="replace all assets by a scenario or a checkpoint")
    one.add_argument("name", help=name)
    one = commands.add_parser("save", help="save the present assets as a checkpoint")
    one.add_argument("name", help="what to call it")
    one = commands.add_parser("remove", help="forget a checkpoint")
    one.add_argument("name", help="what it is called")
    commands.add_parser("list", help="the scenarios and the checkpoints")
    one = commands.add_parser("diff", help="compare two states")
    one.add_argument("before", help=name)
    one.add_argument("after", nargs="?", default=NOW, help=f"the same; without it: {NOW}")
    commands.add_parser("reset", help="load again what was loaded last")
    one = commands.add_parser("shoot", help="take pictures of every page, or of a script's steps")
    one.add_argument("script", nargs="?", help="a YAML file, or the name of one in app/demos")
    one.add_argument("--out", type=Path, help="the folder to put them in; else BASKET_PICTURES")
    one.add_argument(
        "--scenario", action="append", choices=[*names()], help="may be given several times"
    )
    one = commands.add_parser("review", help="compare pictures with those before, in one HTML file")
    reviewing.add_arguments(one)
    one = commands.add_parser("check", help="play scripts in a browser: does each step work?")
    one.add_argument("scripts", nargs="*", metavar="script", help="without one: all in app/demos")
    one = commands.add_parser("undo", help="go back to what was there before the last replacement")
    one.add_argument("--yes", action="store_true", help="though something was added or changed")
    return made


def main(arguments: Sequence[str]) -> None:
    """Do what the arguments say; what is wrong is told in a sentence, with exit code 2."""
    chosen = parser().parse_args(arguments)
    try:
        _do(chosen)
    except BasketError as error:
        print(f"That did not work: {error}", file=sys.stderr)
        sys.exit(2)


def _do(chosen: argparse.Namespace) -> None:
    if with_browser := WITH_BROWSER.get(chosen.command):
        with_browser(chosen)
        return
    if chosen.command == "review":
        print(reviewing.review(chosen))
        return
    basket = bootstrap.build(settings())
    try:
        basket.scenarios.go_on()
        print(COMMANDS[chosen.command](basket.scenarios, chosen))
    finally:
        basket.close()


@contextmanager
def _tools() -> Iterator[None]:
    """What drives a browser is a tool for tests: the app runs without it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise ToolMissing(
            f"A browser needs {error.name}, a tool for tests: "
            f"{PYTHON} -m pip install -r tests/requirements.txt && "
            f"sh tests/browser/install.sh {PYTHON}"
        ) from error


def _shoot(chosen: argparse.Namespace) -> None:
    with _tools():
        from app.demo.shoot import follow, shoot
    folder = chosen.out or settings().pictures
    if chosen.script:
        path = find(chosen.script)
        album = follow(named_script(path), path.stem, folder)
    else:
        album = shoot(chosen.scenario or PICTURED, folder)
    print(told.album(album.folder, len(album.taken), album.failed))
    if album.failed:
        sys.exit(1)


def _check(chosen: argparse.Namespace) -> None:
    with _tools():
        from app.demo.check import check
    paths = [find(name) for name in chosen.scripts] or scripts()
    pictures = settings().pictures
    failed = {path.stem: check(named_script(path), pictures / path.stem) for path in paths}
    print(told.checked(failed, pictures))
    if any(failed.values()):
        sys.exit(1)


def _load(scenarios: ScenarioService, chosen: argparse.Namespace) -> str:
    preview = scenarios.preview(chosen.name)
    scenarios.load(chosen.name, by=_who(), role="presenter")
    return told.loaded(chosen.name, preview)


def _save(scenarios: ScenarioService, chosen: argparse.Namespace) -> str:
    name = scenarios.save(chosen.name, role="presenter")
    return f"Saved as “{name}”."


def _remove(scenarios: ScenarioService, chosen: argparse.Namespace) -> str:
    scenarios.remove(chosen.name, role="presenter")
    return f"There is no checkpoint “{chosen.name}” any more."


def _list(scenarios: ScenarioService, _: argparse.Namespace) -> str:
    return told.listing(scenarios.checkpoints(), scenarios.last())


def _diff(scenarios: ScenarioService, chosen: argparse.Namespace) -> str:
    return told.difference(scenarios.compare(chosen.before, chosen.after))


def _reset(scenarios: ScenarioService, _: argparse.Namespace) -> str:
    last = scenarios.last()
    name = last.to if last else "empty"
    return _load(scenarios, argparse.Namespace(name=name))


def _undo(scenarios: ScenarioService, chosen: argparse.Namespace) -> str:
    last = scenarios.last()
    if last and not chosen.yes and (gone := gone_with(scenarios.since(last))):
        raise NotUndone(f"{gone} To do it all the same: {DEMO} undo --yes")
    done = scenarios.undo(by=_who(), role="presenter")
    return told.loaded(done.to, scenarios.compare(done.before, done.to))


def _who() -> str:
    """The name of whoever sits at the keyboard."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "Somebody"


COMMANDS: Mapping[str, Command] = {
    "load": _load,
    "save": _save,
    "remove": _remove,
    "list": _list,
    "diff": _diff,
    "reset": _reset,
    "undo": _undo,
}
WITH_BROWSER: Mapping[str, Callable[[argparse.Namespace], None]] = {
    "shoot": _shoot,
    "check": _check,
}


if __name__ == "__main__":
    main(sys.argv[1:])
