"""What choices and scenes change: in which order, and never beyond the bounds."""

from __future__ import annotations

import pytest

from eternal.engine.effects import apply, clamp
from eternal.engine.step import start
from eternal.story.schema import Bounded, Effects
from eternal.story.story import Story


@pytest.mark.parametrize(("number", "kept"), [(-5, 0), (0, 0), (2, 2), (3, 3), (4, 3)])
def test_numbers_stay_within_their_bounds(number: int, kept: int) -> None:
    """Too small is the least, too large the most."""
    assert clamp(number, Bounded(start=1, min=0, max=3)) == kept


@pytest.mark.parametrize(("add", "calm"), [(1, 2), (9, 3), (-1, 0), (-9, 0)])
def test_add_is_clamped(night: Story, add: int, calm: int) -> None:
    """A win that lies beyond the bounds is not reached by adding more."""
    after = apply(night, start(night), Effects(add={"calm": add}))
    assert after.values[night.variables["calm"]] == calm


def test_set_comes_before_add(night: Story) -> None:
    """Setting and adding at once adds to what was set."""
    after = apply(night, start(night), Effects(set={"calm": "0", "met": "true", "mood": "loud"}, add={"calm": 2}))
    assert dict(zip(night.variables, after.values, strict=True)) == {"calm": 2, "met": True, "mood": "loud"}


def test_waking_and_sedating_meet_the_bounds(night: Story) -> None:
    """Lucidity begins at three and ends at five and nought."""
    first = start(night)
    assert [apply(night, first, Effects(wake=up, sedate=down)).lucidity for up, down in ((1, 0), (9, 0), (0, 1), (0, 9), (2, 2))] == [
        4, 5, 2, 0, 3,
    ]  # fmt: skip


def test_heat_never_falls_below_nought_and_calls_the_hunt_once(night: Story) -> None:
    """Growing quieter takes nothing back."""
    quiet = apply(night, start(night), Effects(heat=-4))
    assert (quiet.heat, quiet.hunted) == (0, False)
    loud = apply(night, quiet, Effects(heat=3))
    assert (loud.heat, loud.hunted) == (3, True)
    again = apply(night, loud, Effects(heat=-3))
    assert (again.heat, again.hunted) == (0, True)


def test_nothing_given_twice_counts_twice(night: Story) -> None:
    """A memento has been handed over or it has not."""
    once = apply(night, start(night), Effects(give=("shell",)))
    assert apply(night, once, Effects(give=("shell",))) == once
