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
        states: states looked at; `frontier`: found and not looked beyond; `budget`: how many may be looked at in this stage.
        found, wanted: goals.
        seconds: since the proof began.
    """

    stage: Stage
    states: int
    frontier: int
    budget: int
    found: int
    wanted: int
    seconds: float


#: Told where a proof stands, a few times a second at most.
Progress = Callable[[Status], None]
