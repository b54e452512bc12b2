"""What stands on a leaf, how it moves, and what can be pointed at."""

from __future__ import annotations

from msgspec import Struct

from eternal.engine.pages import Passage
from eternal.tui.settings import PACES
from eternal.tui.text.canvas import Canvas, resting
from eternal.tui.text.light import Later
from eternal.tui.text.motion import Dissolve, Motion, Reveal
from eternal.tui.text.offers import Offer
from eternal.tui.text.sheet import Link

__all__ = ["Manner", "Writing", "covers", "does_of", "fresh_passages", "showing"]

#: Seconds that a word takes to be read, and the most that a page is left alone before it goes on dissolving.
READING, PATIENCE = 0.25, 12.0


class Writing(Struct, frozen=True):
    """What stands on a leaf."""

    passages: tuple[Passage, ...] = ()
    offers: tuple[Offer, ...] = ()
    integrity: int = 100


class Manner(Struct, frozen=True):
    """How a leaf moves: words a second (0: at once), how much is animated, whether words leave, the most columns."""

    pace: float = PACES["reading"]
    animation: str = "full"
    dissolve: bool = True
    width: int = 72


def fresh_passages(before: tuple[Passage, ...], after: tuple[Passage, ...]) -> frozenset[int]:
    """Return the numbers of the passages that were not there before."""
    known = {passage.text for passage in before}
    return frozenset(number for number, passage in enumerate(after) if passage.text not in known)


def showing(canvas: Canvas, writing: Writing, before: Writing | None, manner: Manner) -> list[Motion]:
    """Return the motions in which a writing is shown: what is new appears, and then what is going dissolves.

    Args:
        canvas: the canvas, dark where something is new.
        writing: what stands on it.
        before: what stood there, if the page is the same; then only new passages appear.
        manner: how fast.
    """
    motions: list[Motion] = []
    fresh = None if before is None else fresh_passages(before.passages, writing.passages)
    reading = READING * canvas.sheet.words
    if not manner.pace:
        Reveal(canvas, 1.0, fresh).finish()
    elif fresh is None or fresh:
        motions.append(Reveal(canvas, manner.pace, fresh, gently=manner.animation == "full"))
        reading *= 0.4
    if writing.integrity < 100:
        goal = resting(canvas.sheet, writing.integrity, dissolve=manner.dissolve)
        wait = 0.6 if before and not fresh else min(PATIENCE, reading)
        motions.append(Later(lambda: Dissolve(canvas, goal, wait=wait, each=0.7)))
    return motions


def does_of(link: Link) -> str:
    """Return what pressing a link does."""
    return f"{link.kind}:{link.id}"


def covers(link: Link, line: int, x: int) -> bool:
    """Tell whether a link stands at a place."""
    return any(span.line == line and span.x <= x < span.end for span in link.spans)
