"""Saves of earlier formats, brought to the format of today: for ever.

A line's seal is the same in every format, so damage is found before anything is understood. What is sealed is JSON
objects, the header first, whose `eternal` is the number of the format. A change of format adds one entry to `STEPS`,
from the format before to the new one, and journals of the old one to `tests/golden/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["STEPS", "Lines", "Step", "knows", "migrate"]

#: The lines of a save as plain objects, the header first.
Lines = list[dict[str, Any]]
#: Takes the lines of one format and returns those of the next, without changing what it was given.
Step = Callable[[Lines], Lines]

#: Format -> the step to the next one. Format 1 is the first.
STEPS: dict[int, Step] = {}


def knows(found: int, today: int, steps: Mapping[int, Step] = STEPS) -> bool:
    """Tell whether there is a way from one format to another."""
    return all(number in steps for number in range(found, today))


def migrate(lines: Lines, today: int, steps: Mapping[int, Step] = STEPS) -> Lines:
    """Return the lines in the format of today, one step after the other."""
    while (found := lines[0]["eternal"]) < today:
        lines = steps[found](lines)
        lines[0]["eternal"] = found + 1
    return lines
