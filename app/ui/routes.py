"""Where each page is."""

from urllib.parse import quote

from app.settings import ROOT

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


def address(identifier: str) -> str:
    """The link to an asset's page, relative to the app's own address."""
    return f"asset?id={quote(identifier, safe='')}"
