"""What can wait until the title answers, and then happens before anybody asks for it."""

from __future__ import annotations

import gc
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eternal.tui.stage import Stage

__all__ = ["warm"]

#: Seconds after the first frame: a key that was pressed before it is answered by then.
WAIT = 0.15

#: What a night needs and the title does not.
NEXT = ("eternal.tui.opening", "eternal.tui.screens.play")


def warm(stage: Stage) -> None:
    """Turn the collector on again, and import what comes next; if the app came with a collector that was on, everything is there.

    What is there now stays to the end: the collector need not walk over it again. The imports have a thread of their own,
    so that a key need not wait for all of them.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
        stage.set_timer(WAIT, Thread(target=_import, daemon=True).start)


def _import() -> None:
    for name in NEXT:
        import_module(name)
