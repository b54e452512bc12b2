"""Two versions of a story compared, as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from eternal.author.diff.changes import Changes, changes
from eternal.author.diff.saves import Fate, fates
from eternal.story.story import Story

__all__ = ["Difference", "as_text", "difference"]


class Difference(Struct, frozen=True):
    """What `--json` prints.

    Attributes:
        saves: what becomes of each save; empty if none were asked about.
        stopped: how many of them would stop because of what changed.
    """

    old: str
    new: str
    scenes: Changes
    choices: Changes
    fragments: Changes
    variables: Changes
    mementos: Changes
    saves: tuple[Fate, ...]
    stopped: int


def difference(old: Story, new: Story, saves: Path | None = None) -> Difference:
    """Compare two versions of a story.

    Args:
        old: as it was released.
        new: as it will be.
        saves: a folder whose saves to try.
    """
    found = tuple(fates(saves, old, new)) if saves is not None else ()
    stopped = sum(fate.outcome == "stops" for fate in found)
    return Difference(old=old.header.version, new=new.header.version, saves=found, stopped=stopped, **changes(old, new))


_SORTS = ("scenes", "choices", "fragments", "variables", "mementos")


def as_text(found: Difference) -> str:
    """Return the comparison as lines for a terminal: what vanished first, for that is what breaks saves."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Difference) -> Iterator[str]:
    parts = [line for sort in _SORTS for line in _sort(sort[:-1], getattr(found, sort))]
    yield from parts or ["nothing vanished, nothing new, nothing renamed"]
    for fate in found.saves:
        yield f"save      {fate.outcome}: {fate.message}"
    if found.saves:
        yield f"{found.stopped} of {len(found.saves)} saves would stop"


def _sort(noun: str, found: Changes) -> Iterator[str]:
    likely = {pair.old: pair.new for pair in found.likely}
    for name in found.vanished:
        hint = f" ({likely[name]!r} reads the same: give it formerly: [{name.rpartition('/')[2]}])" if name in likely else ""
        yield f"vanished  {noun} {name}{hint}"
    for pair in found.renamed:
        yield f"renamed   {noun} {pair.old} → {pair.new}"
    for name in found.added:
        yield f"added     {noun} {name}"
    for name in found.changed:
        yield f"changed   {noun} {name}"
