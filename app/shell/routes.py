"""Where each page is."""

from pathlib import Path
from urllib.parse import parse_qs, quote

from app.settings import ROOT
from services.address import parted

PAGES = ROOT / "pages"
BROWSE = PAGES / "browse.py"
ADD = PAGES / "add.py"
ACTIVITY = PAGES / "activity.py"
BIN = PAGES / "bin.py"
IMPORT = PAGES / "importing.py"
MODEL = PAGES / "model.py"
SCENARIOS = PAGES / "scenarios.py"
PRESENT = PAGES / "present.py"
TOUR = PAGES / "tour.py"
JOIN = PAGES / "join.py"
FEEDBACK = PAGES / "feedback.py"
REVIEW = PAGES / "review.py"
ASSET = PAGES / "asset.py"
_BY_PATH = {
    "": BROWSE,
    "add": ADD,
    "activity": ACTIVITY,
    "bin": BIN,
    "import": IMPORT,
    "tour": TOUR,
    "feedback": FEEDBACK,
    "review": REVIEW,
    "asset": ASSET,
}
"""What a guest may be led to."""


def way(to: str) -> tuple[Path, dict[str, str | list[str]]]:
    """The page and its parameters behind a path of ours, such as `/asset?id=…`; else Browse."""
    path, query = parted(to.removeprefix("/")) or ("", "")
    page = _BY_PATH.get(path)
    return (page, dict(parse_qs(query))) if page else (BROWSE, {})


def address(identifier: str) -> str:
    """The link to an asset's page, relative to the app's own address."""
    return f"asset?id={quote(identifier, safe='')}"
