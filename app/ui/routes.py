"""Where each page is."""

from app.settings import ROOT

PAGES = ROOT / "pages"
BROWSE = PAGES / "browse.py"
ADD = PAGES / "add.py"
ACTIVITY = PAGES / "activity.py"
BIN = PAGES / "bin.py"
ASSET = PAGES / "asset.py"
