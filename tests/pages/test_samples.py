"""The fields that README and its pages show, put into the model's file as they are."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import ROOT
from services.model import current
from services.model.current import MODULE, Watch
from tests.pages.conftest import ADD, Store, Visit
from tests.readme import PAGES, README, blocks

MODEL = ROOT / "services" / "model" / "asset.py"


@pytest.fixture(autouse=True)
def _module() -> Iterator[None]:
    before = importlib.import_module(MODULE)
    yield
    sys.modules[MODULE] = before


@pytest.mark.parametrize(
    ("page", "label"),
    [
        (README, "Issuer (optional)"),
        (ROOT / "app" / "docs" / "model.md", "Price (GBP, optional)"),
    ],
)
def test_a_field_is_asked_for_once_it_stands_where_the_text_says(
    page: Path,
    label: str,
    store: Store,
    visit: Visit,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    docstring, *rest = MODEL.read_text(encoding="utf-8").split("\n\n", 1)
    shown = blocks("python", PAGES[page])
    top = [block for block in shown if not block.startswith(" ")]
    end = [block for block in shown if block.startswith(" ")]
    file = tmp_path / "asset.py"
    file.write_text("\n\n".join([docstring, *top, *rest]) + "".join(end), encoding="utf-8")
    monkeypatch.setattr(current, "_watch", Watch(file))

    app = visit(ADD)

    assert not app.exception
    assert label in [one.label for one in app.text_input]
