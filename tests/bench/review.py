"""A review pack of 100 real pictures: how big it is, and how soon it is open."""

import io
import time
from pathlib import Path
from statistics import median

from PIL import Image, ImageDraw

from app.demo.review.pack import pack
from app.demo.shoot import shoot
from services.review.gathering import Shot, compare
from services.review.pictures import files
from tests.bench.browser import chromium
from tests.bench.report import NotMeasured, Result, at_most
from tests.bench.servers import scratch

_SHOTS = 100
_RUNS = 5
_OPEN = """() => document.documentElement.dataset.ready
  && [...document.querySelectorAll('.frame img')].length
  && [...document.querySelectorAll('.frame img')].every(image => image.complete)"""


def _compared(folder: Path) -> list[Shot]:
    """Each picture against one of which a word has changed: two whole pictures a shot."""
    album = shoot(["portfolio", "edge"], folder)
    if album.failed:
        raise NotMeasured(f"pictures failed: {album.failed}")
    chosen = sorted(files(album.folder))[:_SHOTS]
    if len(chosen) < _SHOTS:
        raise NotMeasured(f"there are only {len(chosen)} pictures")
    return [_changed(file, (album.folder / file).read_bytes()) for file in chosen]


def _changed(file: str, after: bytes) -> Shot:
    kept = io.BytesIO()
    with Image.open(io.BytesIO(after)) as picture:
        ImageDraw.Draw(picture).text((100, 200), "before", fill="red")
        picture.save(kept, "PNG")
    return compare(file, kept.getvalue(), after, {})


def _seconds_to_open(file: Path) -> float:
    """Until every picture in sight is there, in a window that knows nothing yet."""
    taken = []
    with chromium() as browser:
        for _ in range(_RUNS):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            begin = time.perf_counter()
            page.goto(file.as_uri())
            page.wait_for_function(_OPEN)
            taken.append(time.perf_counter() - begin)
            page.close()
    return median(taken)


def of_100_shots() -> list[Result]:
    """All changed, which is the most that a pack can hold."""
    with scratch() as folder:
        shots, file = _compared(folder / "shots"), folder / "review.html"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(pack(shots))
        return [
            Result("review pack of 100 shots: size", "MB", at_most(30), file.stat().st_size / 1e6),
            Result("review pack of 100 shots: open", "s", at_most(2), _seconds_to_open(file)),
        ]
