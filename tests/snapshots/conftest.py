"""The pictures are taken in all colours, whatever terminal they are taken on."""

from __future__ import annotations

from tests.tui.conftest import _true_colours as _true_colours  # noqa: PLC0414 - a fixture is named to be found
