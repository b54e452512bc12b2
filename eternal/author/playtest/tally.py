"""What is counted while nights are played. Tallies of parts of the work add up to the tally of the whole."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from eternal.engine.actions import Action

__all__ = ["Crash", "Sample", "Tally"]

#: A choice of a scene, or a block of one by its number.
Part = tuple[str, str]


class Crash(Struct, frozen=True):
    """An exception that nobody raised on purpose: what it was, where, and the actions that lead to it."""

    error: str
    where: str
    seed: int
    actions: tuple[Action, ...]


class Sample(Struct, frozen=True):
    """A night kept whole, for questions that a count cannot answer."""

    seed: int
    ending: str
    actions: tuple[Action, ...]


class Tally(Struct):
    """Counts over nights.

    Attributes:
        endings: how often each was reached.
        unfinished: nights that were given up after too many actions, by the scene they stood in.
        stuck: nights that stood where nothing was possible, by scene.
        entries: how often each scene was entered; `met`: in how many nights.
        offered, taken: choices; blocks: passages shown; shown, kept: fragments.
        beats, choices, words: one number a night.
    """

    nights: int = 0
    endings: Counter[str] = field(default_factory=Counter)
    unfinished: Counter[str] = field(default_factory=Counter)
    stuck: Counter[str] = field(default_factory=Counter)
    entries: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    offered: Counter[Part] = field(default_factory=Counter)
    taken: Counter[Part] = field(default_factory=Counter)
    blocks: Counter[tuple[str, int]] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    beats: list[int] = field(default_factory=list)
    choices: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add another tally's counts to these."""
        for name in self.__struct_fields__:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            elif isinstance(mine, list):
                mine.extend(theirs)
        self.nights += other.nights
