"""Small pictures in the place of those that a browser takes of pages."""

from pathlib import Path

from PIL import Image, ImageDraw

SIZE = (320, 240)


def shot(folder: Path, file: str, *words: str, clock: str = "09:30") -> Path:
    """A picture of a page with a clock at its top right and these words below each other."""
    picture = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(picture)
    pen.text((260, 4), clock, fill="black")
    for row, word in enumerate(words):
        pen.text((10, 40 + 20 * row), word, fill="black")
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path)
    return path
