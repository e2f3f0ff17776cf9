"""Where two pictures differ."""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from services.review.limits import BLOCK, THRESHOLD
from services.tour.script import Region

_MARK, _MASK = (224, 0, 90, 130), (120, 120, 120, 110)
Map = NDArray[np.bool_]


def differing(before: Image.Image, after: Image.Image, masks: Sequence[Region] = ()) -> Map:
    """Which pixels differ, by row and column; what only one picture has does, masks never do."""
    one, other = _pixels(before), _pixels(after)
    height, width = np.minimum(one.shape[:2], other.shape[:2])
    found = np.ones(np.maximum(one.shape[:2], other.shape[:2]), dtype=np.bool_)
    one, other = one[:height, :width], other[:height, :width]
    gap = np.maximum(one, other) - np.minimum(one, other)
    found[:height, :width] = (gap > THRESHOLD).any(axis=2)
    return found & ~_covered(found.shape, masks)


def marks(found: Map, masks: Sequence[Region] = ()) -> bytes:
    """A small picture to lay over: squares where something differs, and the masks."""
    colours = np.zeros((*_blocks(found).shape, 4), dtype=np.uint8)
    colours[_blocks(_covered(found.shape, masks))] = _MASK
    colours[_blocks(found)] = _MARK
    kept = io.BytesIO()
    Image.fromarray(colours).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _pixels(picture: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(picture.convert("RGB"))


def _covered(shape: tuple[Any, ...], masks: Sequence[Region]) -> Map:
    covered = np.zeros(shape, dtype=np.bool_)
    for mask in masks:
        rows = slice(mask.top, mask.top + mask.height)
        covered[rows, mask.left : mask.left + mask.width] = True
    return covered


def _blocks(found: Map) -> Map:
    """Whether there is anything in each square."""
    height, width = found.shape
    whole = np.pad(found, ((0, -height % BLOCK), (0, -width % BLOCK)))
    rows, columns = (length // BLOCK for length in whole.shape)
    squares = whole.reshape(rows, BLOCK, columns, BLOCK).any(axis=(1, 3))
    return np.asarray(squares, dtype=np.bool_)
