"""What the signs of the map mean, in one line: only those that are on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eternal.speech import _
from eternal.tui.sky import Star, joined
from eternal.tui.text.fit import cells

__all__ = ["BRIGHT", "legend"]

#: The percentage from which on a star is drawn large: it is as good as whole.
BRIGHT = 66

#: What stands between two signs: spaces that no line is broken at.
_APART = "\u00a0\u00a0"


def legend(stars: Sequence[Star], cursor: str, room: int) -> str:
    """Return each sign and what it means, as many as there is room for; below the horizon there are others than above it.

    Args:
        stars: what stands on the map.
        cursor: the star that is looked at.
        room: the columns.
    """
    below = any(star.id == cursor and star.below for star in stars)
    signs = list(_below(stars) if below else _above(stars, cursor))
    wide = (_APART + "\u00a0").join(signs)
    if cells(wide) <= room:
        return wide
    while signs and cells(_APART.join(signs)) > room:
        signs.pop()
    return _APART.join(signs)


def _above(stars: Sequence[Star], cursor: str) -> Iterator[str]:
    """Yield the signs of the sky, those that nobody would guess first."""
    sky = [star for star in stars if not star.below]
    standing = [star for star in sky if star.left and not star.here]
    if any(star.target for star in stars):
        yield f"( ) {_('the machine')}"
    if any(not star.left for star in sky):
        yield f"◌ {_('gone')}"
    if any(not star.known for star in standing):
        yield f"· {_('dark')}"
    if any(star.known and star.left > BRIGHT for star in standing):
        yield f"● {_('whole')}"
    if any(star.known and star.left <= BRIGHT for star in standing):
        yield f"• {_('going')}"
    if any(star.here for star in sky):
        yield f"◉ {_('you')}"
    if next(joined(stars, cursor), None) is not None:
        yield f"⠒⠒ {_('in common')}"


def _below(stars: Sequence[Star]) -> Iterator[str]:
    """Yield the signs of the places below the horizon."""
    refuges = [star for star in stars if star.below]
    yield f"⌂ {_('where she never was')}"
    if any(star.held for star in refuges):
        yield f"● {_('hidden')}"
    if any(star.room for star in refuges):
        yield f"○ {_('room')}"
    if any(star.known or star.target for star in refuges):
        yield f"( ) {_('the machine knows it')}"
