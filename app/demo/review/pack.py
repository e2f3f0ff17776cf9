"""The review pack: one HTML file that holds everything and asks nobody for anything."""

import base64
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PIL import Image

from app import browser_files
from services.markup import html, trusted
from services.review.decisions import FORMAT
from services.review.gathering import Shot, counts
from services.review.limits import LIMITS
from services.review.rows import parts, row

_PACK = "demo/review/pack.js"
_TALLEST_WEBP = 16_383
_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Review</title><style>{{ style }}</style></head><body>
"""


def pack(shots: Sequence[Shot]) -> Iterator[str]:
    """The file, piece by piece."""
    script, style = browser_files.inlined(_PACK), browser_files.styles(_PACK)
    with ThreadPoolExecutor() as pool:
        pictures = dict(part for found in pool.map(_pictures, shots) for part in found.items())
    yield html(_HEAD, policy=_policy(script), style=trusted(style))
    for key, picture in pictures.items():
        coded = base64.b64encode(picture).decode()
        yield f'<script type="text/plain" id="{key}">{coded}</script>\n'
    yield f'<script type="application/json" id="pack">{_json(_to_props(shots))}</script>'
    yield f'<script type="module">{script}</script></body></html>\n'


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


def _to_props(shots: Sequence[Shot]) -> dict[str, Any]:
    seen = "".join(shot.file + shot.digest + shot.status for shot in shots)
    return {
        "format": FORMAT,
        "id": hashlib.sha256(seen.encode()).hexdigest()[:16],
        **LIMITS,
        "counts": counts(shots),
        "shots": [row(shot) for shot in shots],
    }


def _pictures(shot: Shot) -> dict[str, bytes]:
    return {key: _smaller(content) for key, content in parts(shot).values()}


def _smaller(png: bytes) -> bytes:
    """The same pixels in fewer bytes."""
    with Image.open(io.BytesIO(png)) as picture:
        if max(picture.size) > _TALLEST_WEBP:
            return png
        kept = io.BytesIO()
        picture.save(kept, "WEBP", lossless=True, quality=20, method=1, exact=True)
    return min(png, kept.getvalue(), key=len)
