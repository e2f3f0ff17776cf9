"""The command line of reviews: `python -m app.demo review`."""

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

from app import bootstrap
from app.command_line import DEMO
from app.demo.review.pack import pack
from app.scripts.shipped import FOLDER, find, named_script
from app.settings import ROOT
from app.settings import load as settings
from services.disk import written_whole
from services.review.applying import Applied, apply, speaker
from services.review.decisions import read_decisions
from services.review.gathering import NoShots, Scripts, counts, gather
from services.review.pictures import Status

PACK = ROOT / "build" / "review.html"
_FOR_ALL = 0o666
"""As any other file is made: the user's mask says who may read it."""


def add_arguments(one: argparse.ArgumentParser) -> None:
    """What a review can be told."""
    one.add_argument("script", nargs="?", help="whose words and masks; without it: all scripts'")
    one.add_argument(
        "--against",
        type=Path,
        metavar="BASELINE",
        help="the pictures before; else BASKET_BASELINE",
    )
    one.add_argument("--shots", type=Path, help="the pictures now; else BASKET_PICTURES")
    one.add_argument("--out", type=Path, default=PACK, help="the file to write")
    one.add_argument(
        "--apply", type=Path, metavar="DECISIONS", help="put into effect what was decided"
    )


def review(chosen: argparse.Namespace) -> str:
    """Write the pack, or apply decisions; what came of it. Raises BasketError."""
    kept = settings()
    chosen.against = chosen.against or kept.baseline
    chosen.shots = chosen.shots or kept.pictures
    if chosen.apply:
        return _apply(chosen)
    try:
        shots = gather(chosen.against, chosen.shots, _scripts(chosen.script))
    except NoShots as error:
        raise NoShots(f"{error} Take some: {DEMO} shoot") from error
    _write(chosen.out, pack(shots))
    size = chosen.out.stat().st_size / 1e6
    told = f"{_counted(counts(shots))}\n{chosen.out} ({size:.1f} MB) opens in any browser."
    if not chosen.against.is_dir():
        told += f"\nThere is no {chosen.against} yet: what is approved will be there."
    return told


def _scripts(name: str | None) -> Scripts:
    paths = [find(name)] if name else sorted(FOLDER.glob("*.yaml"))
    return {path.stem: named_script(path) for path in paths}


def _write(file: Path, pieces: Iterable[str]) -> None:
    """Whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(file, _FOR_ALL) as draft, draft.open("w", encoding="utf-8") as out:
        out.writelines(pieces)


def _apply(chosen: argparse.Namespace) -> str:
    decisions = read_decisions(chosen.apply)
    basket = bootstrap.build(settings())
    try:
        say = speaker(basket.sessions, basket.feedback, decisions.reviewer)
        return _summary(apply(decisions, chosen.against, chosen.shots, say), chosen.against)
    finally:
        basket.close()


def _summary(done: Applied, baseline: Path) -> str:
    accepted, removed = len(done.accepted), len(done.removed)
    lines = [f"{accepted:,} accepted and {removed:,} removed in {baseline}"]
    lines += [f"{done.said:,} remarks kept as feedback"] if done.said else []
    lines += [
        f"left alone: {file}: the picture is not the one that was approved; review it again"
        for file in done.outdated
    ]
    return "\n".join(lines)


def _counted(numbers: Mapping[Status, int]) -> str:
    return ", ".join(f"{number:,} {status}" for status, number in numbers.items())
