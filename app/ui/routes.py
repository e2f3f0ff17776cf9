"""Where each page is."""

from app.settings import ROOT

PAGES = ROOT / "pages"
BROWSE = PAGES / "browse.py"
ADD = PAGES / "add.py"
ASSET = PAGES / "asset.py"
