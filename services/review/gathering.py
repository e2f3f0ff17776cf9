"""The pictures of two folders side by side: what is new, changed, unchanged and removed."""

import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from services.errors import BasketError
from services.review.comparing import differing, marks
from services.review.pictures import STATUSES, Status, files, read
from services.tour.script import Region, Script, Step

Scripts = Mapping[str, Script]
"""By the name of the folder that their steps' pictures are in."""


class BadShots(BasketError):  # noqa: N818 - says what they are
    """There are no pictures, or one cannot be read; the text says where."""


class NoShots(BadShots):
    """There are none at all."""


@dataclass(frozen=True)
class Shot:
    """One picture as it was and as it is."""

    file: str
    """Below both folders."""
    status: Status
    before: bytes
    """Empty if there was none."""
    after: bytes
    share: float = 0.0
    """Of its pixels, how many differ."""
    marks: bytes = b""
    """To lay over: where it differs."""
    step: Step | None = None
    """The step of the script that it is of."""

    @property
    def digest(self) -> str:
        """By which it is known whether the picture is still the one that was looked at."""
        return hashlib.sha256(self.after or self.before).hexdigest()

    @property
    def title(self) -> str:
        """What it is called, for people."""
        folder, name = Path(self.file).parent.as_posix(), Path(self.file).stem
        return f"{folder} · {' · '.join(name.rsplit('-', 2))}"


def gather(before: Path, after: Path, scripts: Scripts) -> list[Shot]:
    """Every picture that is in either folder: what differs first. Raises BadShots."""
    there = {*files(before), *files(after)}
    if not there:
        raise NoShots(f"There are no pictures in {after}.")

    def look(file: str) -> Shot:
        return compare(file, read(before / file), read(after / file), scripts)

    # Pillow and numpy let go of the interpreter while they work.
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(look, sorted(there)))
    return sorted(found, key=lambda shot: STATUSES.index(shot.status))


def counts(shots: Sequence[Shot]) -> dict[Status, int]:
    """How many there are of each kind."""
    counted = Counter(shot.status for shot in shots)
    return {status: counted[status] for status in STATUSES}


def compare(file: str, before: bytes, after: bytes, scripts: Scripts) -> Shot:
    """One picture. Raises BadShots if it cannot be read."""
    _check_readable(file, after or before)
    step = _step(file, scripts)
    if not before or not after:
        return Shot(file, "new" if after else "removed", before, after, step=step)
    if before == after:
        return Shot(file, "unchanged", before, after, step=step)
    masks = list(_masks(file, step, scripts))
    try:
        with Image.open(io.BytesIO(before)) as one, Image.open(io.BytesIO(after)) as other:
            found = differing(one, other, masks)
    except (UnidentifiedImageError, OSError) as error:
        raise BadShots(f"{file} is no picture that can be read.") from error
    if not found.any():
        return Shot(file, "unchanged", before, after, step=step)
    share = float(found.mean())
    return Shot(file, "changed", before, after, share, marks(found, masks), step)


def _check_readable(file: str, picture: bytes) -> None:
    try:
        Image.open(io.BytesIO(picture)).close()
    except (UnidentifiedImageError, OSError) as error:
        raise BadShots(f"{file} is no picture that can be read.") from error


def _step(file: str, scripts: Scripts) -> Step | None:
    script = scripts.get(file.split("/")[0])
    number, _, rest = Path(file).stem.partition("-")
    for step in script.steps if script else ():
        if rest.rsplit("-", 2)[0] == step.name and number.isdigit():
            return step
    return None


def _masks(file: str, step: Step | None, scripts: Scripts) -> Iterator[Region]:
    """What the step declares, and what is declared for all pictures."""
    everywhere = [mask for script in scripts.values() for mask in script.pictures.masks]
    device = Path(file).stem.split("-")[-2:][0]
    for mask in (*everywhere, *(step.masks if step else ())):
        if device in mask.devices:
            yield mask
