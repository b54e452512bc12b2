"""Motions one after the other on a canvas, by a clock that is handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eternal.tui.text.canvas import Canvas
from eternal.tui.text.motion import FRAME, Dissolve, Motion

__all__ = ["Later", "Light"]


class Later(Motion):
    """A motion that is only worked out when its turn comes."""

    def __init__(self, make: Callable[[], Motion]) -> None:
        """Keep how to make it."""
        self._make = make
        self._motion: Motion | None = None

    def _made(self) -> Motion:
        self._motion = self._motion or self._make()
        return self._motion

    def at(self, seconds: float) -> float | None:
        """Begin it, or go on with it."""
        return self._made().at(seconds)

    def finish(self) -> None:
        """Finish it."""
        self._made().finish()


class Light:
    """The light on one canvas.

    Attributes:
        canvas: what it falls on.
    """

    def __init__(self, canvas: Canvas, clock: Callable[[], float]) -> None:
        """Begin with nothing moving."""
        self.canvas = canvas
        self._clock = clock
        self._motions: list[Motion] = []
        self._began = 0.0

    def play(self, motions: Sequence[Motion]) -> float | None:
        """Begin these motions instead of whatever moves. Return in how many seconds to ask for a frame, if at all."""
        self._motions = list(motions)
        self._began = self._clock()
        return FRAME if motions else None

    @property
    def busy(self) -> bool:
        """Whether something happens that a key completes: what dissolves goes on by itself."""
        return bool(self._motions) and not isinstance(self._motions[0], Later | Dissolve)

    def complete(self) -> float | None:
        """Complete what a key completes. Return in how many seconds to ask for a frame, if at all."""
        while self.busy:
            self._motions.pop(0).finish()
            self._began = self._clock()
        return FRAME if self._motions else None

    def frame(self) -> float | None:
        """Move what moves. Return in how many seconds to ask again; None when nothing moves any more."""
        while self._motions:
            wait = self._motions[0].at(self._clock() - self._began)
            if wait is not None:
                return wait
            self._motions.pop(0)
            self._began = self._clock()
        return None
