"""The memories as stars: which there are, where each stands, which share a motif. Nothing here paints."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from math import sin
from typing import TYPE_CHECKING
from zlib import crc32

from msgspec import Struct

from eternal.speech import _
from eternal.story.story import Story
from eternal.wording.dark import is_named
from eternal.wording.told import short, title_of, words_of

if TYPE_CHECKING:
    from eternal.engine.pages import View

__all__ = ["Place", "Star", "called", "joined", "places", "stars_of", "woven", "years"]

Place = tuple[int, int]


class Star(Struct, frozen=True):
    """A memory or a refuge as the map knows it.

    Attributes:
        left: the percentage that is left.
        known: whether the machine knows it: a memory on its map, a refuge that is exposed.
        held: fragments of a memory that are kept; fragments that are hidden in a refuge.
        room: what can still be hidden there.
        below: whether it is a refuge.
        words: those that are hidden there, as they stood on their page.
        named: whether it is called by its name; else it is somewhere dark.
    """

    id: str
    title: str
    when: str = ""
    left: int = 100
    known: bool = False
    here: bool = False
    target: bool = False
    held: int = 0
    room: int = 0
    motifs: tuple[str, ...] = ()
    below: bool = False
    words: tuple[str, ...] = ()
    named: bool = True


def stars_of(story: Story, page: View, locale: str | None = None, been: Collection[str] = ()) -> tuple[Star, ...]:
    """Return the memories, oldest first, and then the refuges that have been found.

    Before the night begins the memories are there all the same, nameless, and the machine knows none of them.

    Args:
        story: the story.
        page: where the night stands.
        locale: the language to name them in.
        been: the places that Joel has been in tonight.
    """
    target = page.machine.target if page.machine else ""
    memories = [
        Star(m.id, m.title, m.when, m.integrity, m.on_map, m.here, m.target, m.kept, 0, m.motifs, named=is_named(m, been))
        for m in page.memories
    ] or [
        Star(name, title_of(story, name, locale), story.scenes[name].when or "", motifs=story.scenes[name].motifs, named=False)
        for name in story.index.memories
    ]
    refuges = [
        Star(
            r.id, r.title, "", r.integrity, r.exposed, r.here, r.id == target, len(r.hidden), r.room, r.motifs, below=True,
            words=tuple(words_of(story, fragment, locale) for fragment in r.hidden),
        )
        for r in page.refuges
    ]  # fmt: skip
    return (*reversed(memories), *refuges)


def called(star: Star, lights: Collection[str] = ()) -> str:
    """Return what a star is called: its name, if it may be named or the thing in one's hand lights it."""
    return short(star.title) if star.named or star.id in lights else _("somewhere dark")


def joined(stars: Iterable[Star], name: str) -> Iterator[Star]:
    """Yield the stars that share a motif with one of them, and still stand."""
    stars = tuple(stars)
    one = next((star for star in stars if star.id == name), None)
    if one is None:
        return
    yield from (star for star in stars if star.id != name and star.left and not set(star.motifs).isdisjoint(one.motifs))


def woven(stars: Iterable[Star]) -> Iterator[tuple[Star, Star]]:
    """Yield each memory with the next later one that shares a motif with it: together they hang as one constellation."""
    memories = [star for star in stars if not star.below]
    for number, star in enumerate(memories):
        later = (other for other in memories[number + 1 :] if not set(star.motifs).isdisjoint(other.motifs))
        other = next(later, None)
        if other is not None:
            yield star, other


def years(stars: Iterable[Star]) -> Iterator[tuple[str, Star]]:
    """Yield each year with the oldest of its memories."""
    before = ""
    for star in stars:
        year = star.when[:4]
        if not star.below and year.isdecimal() and year != before:
            before = year
            yield year, star


def places(stars: Iterable[Star], width: int, height: int) -> Mapping[str, Place]:
    """Return where each star stands: memories in a slow wave from the oldest at the left to the newest at the right.

    The same stars stand in the same places all night, whatever has become of them.
    """
    memories = [star for star in stars if not star.below]
    if not memories or width < 6 or height < 2:
        return {}
    step = (width - 5) / max(1, len(memories) - 1)
    middle, reach = (height - 1) / 2, (height - 1) / 2
    found: dict[str, Place] = {}
    for number, star in enumerate(memories):
        chance = (crc32(star.id.encode()) % 1000) / 1000 - 0.5
        wave = 0.72 * sin(0.9 + number * 1.93) + 0.5 * chance
        x = 2 + round(number * step)
        y = round(middle + reach * max(-1.0, min(1.0, wave)))
        found[star.id] = _free(found, x, min(height - 1, max(0, y)), height)
    return found


def _free(taken: Mapping[str, Place], x: int, y: int, height: int) -> Place:
    """Return the place, or the nearest row in which no star stands close by."""
    for away in range(height):
        for row in (y + away, y - away):
            if 0 <= row < height and not any(abs(x - a) < 4 and abs(row - b) < 1 for a, b in taken.values()):
                return x, row
    return x, y
