"""What the gallery is told of each picture, in the pack as in the app."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image

from services.review.gathering import Shot
from services.review.pictures import PARTS, Part, name_of

Row = Mapping[str, Any]


def row(shot: Shot) -> Row:
    """A shot as JSON; its pictures by the names that `parts` gives them."""
    step = shot.step
    said = {"Say": step.say, "Try": step.try_it, "Ask": step.ask} if step else {}
    return {
        "file": shot.file,
        "title": shot.title,
        "status": shot.status,
        "digest": shot.digest,
        "share": shot.share,
        "shows": step.shot if step else "",
        "said": {label: text for label, text in said.items() if text},
        "pictures": {part: [key, *_size(content)] for part, (key, content) in parts(shot).items()},
    }


def parts(shot: Shot) -> dict[Part, tuple[str, bytes]]:
    """The pictures that are shown of it, each under a name that is the same for the same bytes.

    Of one that is unchanged, the present one is enough.
    """
    found: dict[Part, tuple[str, bytes]] = {}
    for part in PARTS:
        content: bytes = getattr(shot, part)
        if content and not (part == "before" and shot.status == "unchanged"):
            found[part] = (name_of(content), content)
    return found


def _size(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.size
