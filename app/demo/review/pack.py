"""The review pack: one HTML file that holds everything and asks nobody for anything."""

import base64
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import Any

from PIL import Image

from app.demo.review.comparing import BLOCK, THRESHOLD
from app.demo.review.decisions import FORMAT, LONGEST
from app.demo.review.gathering import Shot, counts

_HERE = Path(__file__).parent
_TALLEST_WEBP = 16_383


def pack(shots: Sequence[Shot]) -> Iterator[str]:
    """The file, piece by piece."""
    script, style = (_HERE / "pack.js").read_text(), (_HERE / "pack.css").read_text()
    with ThreadPoolExecutor() as pool:
        pictures = dict(part for found in pool.map(_pictures, shots) for part in found.items())
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy(script))}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Review</title><style>{style}</style></head><body>"
    )
    for key, picture in pictures.items():
        coded = base64.b64encode(picture).decode()
        yield f'<script type="text/plain" id="{key}">{coded}</script>\n'
    yield f'<script type="application/json" id="pack">{_json(_told(shots, pictures))}</script>'
    yield f"<script>{script}</script></body></html>\n"


def _policy(script: str) -> str:
    """Only our own script runs, and it can reach nobody."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src blob:; base-uri 'none'; form-action 'none'"
    )


def _json(told: Any) -> str:
    """As JSON that cannot end the element it stands in."""
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


def _told(shots: Sequence[Shot], pictures: dict[str, bytes]) -> dict[str, Any]:
    rows = [_row(shot, pictures) for shot in shots]
    seen = "".join(shot.file + shot.digest + shot.status for shot in shots)
    return {
        "format": FORMAT,
        "id": hashlib.sha256(seen.encode()).hexdigest()[:16],
        "threshold": THRESHOLD,
        "block": BLOCK,
        "longest": LONGEST,
        "counts": counts(shots),
        "shots": rows,
    }


def _row(shot: Shot, pictures: dict[str, bytes]) -> dict[str, Any]:
    step = shot.step
    said = {"Say": step.say, "Try": step.try_it, "Ask": step.ask} if step else {}
    keys = {part: key for part in ("before", "after", "marks") if (key := _key(shot, part))}
    return {
        "file": shot.file,
        "title": shot.title,
        "status": shot.status,
        "digest": shot.digest,
        "share": shot.share,
        "shows": step.shot if step else "",
        "said": {label: text for label, text in said.items() if text},
        "pictures": {part: [key, *_size(pictures[key])] for part, key in keys.items()},
    }


def _key(shot: Shot, part: str) -> str:
    """The name of the element that holds a picture; the same for the same picture."""
    content: bytes = getattr(shot, part)
    if not content or (part == "before" and shot.status == "unchanged"):
        return ""
    return "p" + hashlib.sha256(content).hexdigest()[:24]


def _pictures(shot: Shot) -> dict[str, bytes]:
    """Each picture that the file needs of a shot: of one that is unchanged the present one."""
    found = {key: part for part in ("before", "after", "marks") if (key := _key(shot, part))}
    return {key: _smaller(getattr(shot, part)) for key, part in found.items()}


def _smaller(png: bytes) -> bytes:
    """The same pixels in fewer bytes."""
    with Image.open(io.BytesIO(png)) as picture:
        if max(picture.size) > _TALLEST_WEBP:
            return png
        kept = io.BytesIO()
        picture.save(kept, "WEBP", lossless=True, quality=20, method=1, exact=True)
    return min(png, kept.getvalue(), key=len)


def _size(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.size
