"""What holds for every test of the terminal face."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _true_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal of these tests has all the colours, whatever terminal they are run on."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
