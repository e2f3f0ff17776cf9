"""Puts back what a patch replaces, when a test is over."""

import pytest

from app.streamlit_compat.names import Patch


def keep(patch: Patch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everything that this patch needs put back."""
    for name in patch.needs:
        owner, last = name.place()
        monkeypatch.setattr(owner, last, getattr(owner, last))
