"""Pages as lines of text: what is printed, in which order, in words that read well aloud."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import ascii_lowercase

from eternal.engine.view import View
from eternal.speech import _
from eternal.wording.dark import called
from eternal.wording.lines import WIDTH, fresh, headline, lettered, offers, wrap
from eternal.wording.words import hands_words, when_words

__all__ = ["hands_lines", "map_lines", "page_lines", "way_lines"]


def page_lines(page: View, width: int = WIDTH, before: View | None = None) -> Iterator[str]:
    """Yield a whole page: its heading, its text with the fragments' letters, its choices, the machine's line.

    Args:
        page: the page.
        width: the columns of a line at most.
        before: the page that was read before; where it is the same, only what is new on it is read.
    """
    new = fresh(page, before)
    if new is None:
        yield from ("", headline(page))
    if new != ():
        yield ""
    for passage in page.passages if new is None else new:
        prefix = "- " if passage.item else ""
        words = "".join(piece.text + mark for piece, mark in lettered(passage.pieces, page))
        yield from wrap(prefix + words, width, "  " if prefix else "")
        yield ""
    for line in offers(page, again=new is not None):
        yield from wrap(line.text, width, line.indent)


def way_lines(page: View) -> Iterator[str]:
    """Yield the ways of flight, numbered."""
    if not page.ways:
        yield _("There is no way to run from here.")
    for number, way in enumerate(page.ways, start=1):
        left = ", " + _("{percent} percent left").format(percent=way.integrity) if way.kind == "memory" else ""
        yield _("flee {number}: {words}, to {title}").format(number=number, words=way.words, title=way.title) + left


def hands_lines(page: View) -> Iterator[str]:
    """Yield what is in hand and what is hidden, with the letters that hide and drop take."""
    yield f"{hands_words(page).capitalize()}."
    for letter, held in zip(ascii_lowercase, page.hands, strict=False):
        yield f"  {letter}: {held.line}"
    for held in page.hidden:
        yield "  " + _("hidden in {place}: {line}").format(place=held.place, line=held.line)


def map_lines(page: View, been: Collection[str] = ()) -> Iterator[str]:
    """Yield the memories, newest first, with what is left of each, and the refuges. `been` are the places Joel has been in."""
    if not page.memories:
        yield _("There is no map yet.")
    for memory in page.memories:
        state = _("gone") if memory.erased else _("{percent} percent left").format(percent=memory.integrity)
        marks = [_("you are here")] if memory.here else []
        marks += [_("the machine is here")] if memory.target else []
        marks += [] if memory.on_map or memory.erased else [_("not on the machine's map")]
        yield f"{when_words(memory.when)}, {called(memory, been)}: {', '.join([state, *marks])}"
    for refuge in page.refuges:
        state = _("gone") if refuge.erased else _("{hidden} hidden, room for {room}").format(hidden=len(refuge.hidden), room=refuge.room)
        marks = [_("you are here")] if refuge.here else []
        marks += [_("the machine knows it")] if refuge.exposed and not refuge.erased else []
        yield _("Childhood, {title}").format(title=refuge.title) + f": {', '.join([state, *marks])}"
