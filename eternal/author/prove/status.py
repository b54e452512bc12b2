"""What a proof says of itself while it works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

__all__ = ["Progress", "Stage", "Status"]

Stage = Literal["arguing", "exploring", "searching", "weighing", "tracing"]


class Status(Struct, frozen=True, kw_only=True):
    """Where a proof stands.

    Attributes:
        stage: arguing locally, exploring all states, searching among too many, weighing the whole graph, tracing nights back.
        states: states looked at, or steps taken where it searches; `budget`: how many may be in this stage.
        frontier: states found and not looked beyond.
        found, wanted: goals.
        speed: states (or, where it searches, steps) a second in this stage.
        seconds: since the proof began.
    """

    stage: Stage
    states: int
    frontier: int
    budget: int
    found: int
    wanted: int
    speed: float
    seconds: float


#: Told where a proof stands, a few times a second at most.
Progress = Callable[[Status], None]
