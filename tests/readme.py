"""README and the pages that it leads to, for the tests that run what they show."""

import re

from app.settings import ROOT

README = ROOT / "README.md"
PAGES = {path: path.read_text("utf-8") for path in [README, *sorted(ROOT.glob("app/docs/*.md"))]}
ALL = "\n".join(PAGES.values())


def blocks(language: str, text: str = ALL) -> list[str]:
    """The blocks of this language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
