"""How long a night is to read, measured by playing: players of several tempers, the same ones every time."""

from __future__ import annotations

from random import Random

from msgspec import Struct

from eternal.author.playtest.night import Table
from eternal.author.playtest.tempers import TEMPERS
from eternal.story.story import Story

__all__ = ["Length", "Nights", "measure"]

#: Who plays: one who does anything, one who plays as people do, one who hurries.
_WHO = ("random", "careful", "hasty")


class Length(Struct, frozen=True):
    """Words read in a night, and how long that takes."""

    words: int
    minutes: int


class Nights(Struct, frozen=True):
    """What was measured, over nights that reached an ending."""

    shortest: Length
    median: Length
    longest: Length
    played: int


def measure(story: Story, nights: int, words_a_minute: int) -> Nights | None:
    """Play so many nights with each temper and return the shortest, median and longest; None if none reached an ending."""
    words = sorted(found for who in _WHO for found in _played(story, who, nights))
    if not words:
        return None
    shortest, median, longest = (
        Length(found, max(1, round(found / words_a_minute))) for found in (words[0], words[len(words) // 2], words[-1])
    )
    return Nights(shortest, median, longest, len(words))


def _played(story: Story, who: str, nights: int) -> list[int]:
    """Return the words of each night that reached an ending."""
    words = []
    for seed in range(nights):
        table = Table(story, TEMPERS[who])
        table.play(seed, Random(f"{who}/{seed}"))  # noqa: S311 - a player with a seed, no secret
        if table.tally.endings:
            words += table.tally.words
    return words
