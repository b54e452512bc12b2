"""The map of a night as a picture: memories as stars from oldest to newest, childhood under a horizon, and the way between.

Drawn once, for the page and for the poster: only numbers and classes, no colours.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from math import cos, sin
from zlib import crc32

from msgspec import Struct

from eternal.engine.pages import View
from eternal.safety import clean
from eternal.saves.export.telling import Telling
from eternal.speech import _
from eternal.wording.columns import cut
from eternal.wording.dark import is_named
from eternal.wording.words import when_words

__all__ = ["WIDTH", "chart", "drawn", "stars", "xml"]

#: The size of the map, in units of its own.
WIDTH, HEIGHT = 900, 600
_EDGE, _TOP, _HORIZON, _BELOW = 60, 60, 450, 540


class Star(Struct, frozen=True):
    """A place on the map.

    Attributes:
        left: what is left of it, as a percentage.
        known: whether it is called by its name.
        kept: how many of its fragments Joel has, or how many are hidden in it.
    """

    id: str
    title: str
    when: str
    kind: str
    hair: str
    x: float
    y: float
    left: int
    known: bool
    kept: int
    motifs: tuple[str, ...]


def stars(telling: Telling) -> tuple[Star, ...]:
    """Return the places of a night: memories and the refuges that were found, or in a story without them the scenes passed."""
    last, seen = telling.last, _places(telling)
    if not last.memories:
        return tuple(_passed(telling, seen))
    return (*_memories(last, set(seen)), *_refuges(last))


def _memories(page: View, seen: set[str]) -> Iterator[Star]:
    oldest_first = page.memories[::-1]
    for place, it in enumerate(oldest_first):
        x, y = _across(place, len(oldest_first)), _TOP + (_HORIZON - _TOP - 60) * _height(it.id, place)
        yield Star(it.id, it.title, it.when, "memory", it.hair, x, y, it.integrity, is_named(it, seen), it.kept, it.motifs)


def _refuges(page: View) -> Iterator[Star]:
    for place, it in enumerate(page.refuges):
        y = _BELOW - 22 + 22 * (place % 2)
        yield Star(it.id, it.title, "", "refuge", "", _across(place, len(page.refuges)), y, it.integrity, True, len(it.hidden), it.motifs)


def _passed(telling: Telling, seen: tuple[str, ...]) -> Iterator[Star]:
    names = tuple(dict.fromkeys(seen))
    titles = {page.view.scene: page.view.title for page in telling.pages}
    for place, name in enumerate(names):
        y = _TOP + (_HORIZON - _TOP) * _height(name, place)
        yield Star(name, titles[name], "", "scene", "", _across(place, len(names)), y, 100, True, 0, ())


def _across(place: int, number: int) -> float:
    return WIDTH / 2 if number < 2 else _EDGE + (WIDTH - 2 * _EDGE) * place / (number - 1)


def _height(name: str, place: int) -> float:
    """Return how far down a star stands, from 0 to 1: apart from its neighbours, and always the same for the same name."""
    chance = crc32(name.encode()) % 1_000 / 1_000
    return 0.21 * (0, 3, 1, 4, 2)[place % 5] + 0.12 * chance


def _places(telling: Telling) -> tuple[str, ...]:
    """Return the places in the order they were passed: the memory or refuge a page is of, each once in a row."""
    story, erasable = telling.story, telling.story.position
    found: list[str] = []
    for page in telling.pages:
        place = story.head(page.view.scene) if erasable else page.view.scene
        if (place in erasable or not erasable) and found[-1:] != [place]:
            found.append(place)
    return tuple(found)


def chart(telling: Telling) -> str:
    """Return the map as one `<svg>` element for a page, whose style sheet gives its classes their colours."""
    title = _("The map of this night")
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{xml(title)}">\n'
        + "\n".join(drawn(telling))
        + "\n</svg>"
    )


def drawn(telling: Telling) -> Iterator[str]:
    """Yield the elements of the map, from the back to the front."""
    sky = stars(telling)
    if any(star.kind == "refuge" for star in sky):
        yield _line("horizon", 0.2, f"M 20 {_HORIZON} H {WIDTH - 20}")
    yield from _threads(sky)
    yield from _way(sky, _places(telling))
    for star in sky:
        yield from _star(star)


def _threads(sky: tuple[Star, ...]) -> Iterator[str]:
    """Yield a line from each memory to the next that shares a motif."""
    drawn_already: set[tuple[str, str]] = set()
    motifs = dict.fromkeys(motif for star in sky for motif in star.motifs if star.kind == "memory")
    for motif in motifs:
        for one, two in pairwise(star for star in sky if motif in star.motifs and star.kind == "memory" and star.known):
            if (one.id, two.id) not in drawn_already:
                drawn_already.add((one.id, two.id))
                yield _line("thread", 0.2, f"M {one.x:.1f} {one.y:.1f} L {two.x:.1f} {two.y:.1f}")


def _way(sky: tuple[Star, ...], places: tuple[str, ...]) -> Iterator[str]:
    """Yield the way that was gone, each step a curve, the first ones fainter."""
    at = {star.id: star for star in sky}
    steps = [(at[one], at[two]) for one, two in pairwise(name for name in places if name in at) if one != two]
    for number, (one, two) in enumerate(steps):
        light = 0.25 + 0.65 * (number + 1) / len(steps)
        bend = 0.18 if number % 2 else -0.18
        x, y = (one.x + two.x) / 2 - bend * (two.y - one.y), (one.y + two.y) / 2 + bend * (two.x - one.x)
        yield _line("way", light, f"M {one.x:.1f} {one.y:.1f} Q {x:.1f} {y:.1f} {two.x:.1f} {two.y:.1f}")


def _line(name: str, light: float, path: str) -> str:
    """Return a line that is seen as one even where no style sheet reaches."""
    return f'<path class="{name}" fill="none" stroke="currentColor" stroke-opacity="{light:.2f}" d="{path}"/>'


def _star(star: Star) -> Iterator[str]:
    size = 3 + 4 * star.left / 100
    look = "gone" if star.left == 0 else "here" if star.known else "dark"
    hair = f" hair-{star.hair}" if star.hair and star.left and star.known else ""
    yield f'<g class="star {star.kind} {look}{hair}"><title>{xml(_told(star))}</title>'
    if star.kind == "refuge":
        yield f'<path fill="none" stroke="currentColor" d="M {star.x - 9:.1f} {star.y + 7:.1f} v -8 l 9 -8 l 9 8 v 8 z"/>'
    elif star.left == 0:
        yield f'<circle fill="none" stroke="currentColor" cx="{star.x:.1f}" cy="{star.y:.1f}" r="5"/>'
    else:
        yield f'<path d="{_rays(star.x, star.y, size * 1.7, size * 0.62)}"/>'
    for number in range(min(star.kept, 9)):
        yield f'<circle class="spark" cx="{star.x + 11 + 6 * number:.1f}" cy="{star.y - 9:.1f}" r="2"/>'
    if star.known:
        yield from _label(star)
    yield "</g>"


def _label(star: Star) -> Iterator[str]:
    below = 24 if star.kind == "refuge" else 22
    anchor = "start" if star.x < 120 else "end" if star.x > WIDTH - 120 else "middle"
    x = star.x - 10 if anchor == "start" else star.x + 10 if anchor == "end" else star.x
    words = xml(_short(star.title, 24))
    for halo in (" halo", ""):  # once behind, so that no line runs through it
        yield f'<text x="{x:.1f}" y="{star.y + below:.1f}" class="{anchor}{halo}">{words}</text>'


def _told(star: Star) -> str:
    if not star.known:
        return _("somewhere dark")
    when = f", {when_words(star.when)}" if star.when else ""
    left = _("gone") if star.left == 0 else _("{percent} percent left").format(percent=star.left)
    return f"{star.title}{when}" + ("" if star.kind == "scene" else f": {left}")


def _short(text: str, most: int) -> str:
    return cut(text.split(" · ", maxsplit=1)[0], most)


def _rays(x: float, y: float, outer: float, inner: float) -> str:
    """Return a star of four rays as a path."""
    points = []
    for corner in range(8):
        reach, angle = (outer, inner)[corner % 2], corner * 0.785398
        points.append(f"{x + reach * sin(angle):.1f} {y - reach * cos(angle):.1f}")
    return f"M {' L '.join(points)} Z"


def xml(text: str) -> str:
    """Return text that is safe in an element or an attribute of HTML and XML."""
    return escape(clean(text))
