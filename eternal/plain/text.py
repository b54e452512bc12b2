"""Pages as lines of text: what is printed, in which order, in words that read well aloud."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from rich.cells import cell_len

from eternal.engine.view import ChoiceView, Passage, View, WayView
from eternal.engine.words import cost_words, hands_words, status_line, when_words
from eternal.speech import _

__all__ = ["WIDTH", "choice_lines", "hands_lines", "letters", "map_lines", "page_lines", "way_lines", "wrap"]

WIDTH = 72


def wrap(text: str, width: int = WIDTH, indent: str = "") -> Iterator[str]:
    """Yield `text` in lines of at most `width` columns, broken between words; later lines are indented."""
    for line in text.split("\n"):
        row = ""
        for word in line.split():
            longer = f"{row} {word}" if row.strip() else row + word
            if row.strip() and cell_len(longer) > width:
                yield row
                longer = indent + word
            row = longer
        yield row


def letters(page: View) -> dict[str, str]:
    """Return the letter of each fragment that can be kept on the page: `a` is the first."""
    return dict(zip(ascii_lowercase, (fragment.id for fragment in page.fragments), strict=False))


def page_lines(page: View, width: int = WIDTH) -> Iterator[str]:
    """Yield a whole page: its heading, its text with the fragments' letters, its choices, the machine's line."""
    yield ""
    yield _heading(page)
    yield ""
    by_fragment = {fragment: letter for letter, fragment in letters(page).items()}
    for passage in page.passages:
        prefix = "- " if passage.item else ""
        yield from wrap(prefix + _marked(passage, by_fragment), width, "  " if prefix else "")
        yield ""
    yield from choice_lines(page, width)


def _heading(page: View) -> str:
    parts = [page.title, when_words(page.when) if page.when else "", page.machine.hour if page.machine and page.machine.beat else ""]
    return "== " + " · ".join(part for part in parts if part) + " =="


def _marked(passage: Passage, by_fragment: dict[str, str]) -> str:
    """Return a paragraph's words with the letter of a fragment after its last word."""
    words = ""
    pieces = passage.pieces
    for place, piece in enumerate(pieces):
        words += piece.text
        letter = by_fragment.get(piece.fragment)
        if letter and (place + 1 == len(pieces) or pieces[place + 1].fragment != piece.fragment):
            words += f" [{letter}]"
    return words


def choice_lines(page: View, width: int = WIDTH) -> Iterator[str]:
    """Yield the numbered choices, what else can be done, and the machine's line."""
    for number, choice in enumerate(page.choices, start=1):
        yield from wrap(f"{number}. {choice.text}{_cost(choice)}", width, "   ")
    if page.fragments:
        yield _("Words to keep: {letters}. {hands}.").format(letters=", ".join(letters(page)), hands=hands_words(page).capitalize())
    if page.room and page.hands:
        yield _("You can hide words here ({room}); hidden, they last till morning.").format(room=page.room)
    if page.ways:
        yield _("You can flee ({count} ways).").format(count=len(page.ways))
    if page.machine and page.kind in ("memory", "refuge"):
        yield f"({status_line(page.machine)})"


def _cost(choice: ChoiceView | WayView) -> str:
    words = cost_words(choice)
    return f" ({', '.join(words)})" if words else ""


def way_lines(page: View) -> Iterator[str]:
    """Yield the ways of flight, numbered."""
    if not page.ways:
        yield _("There is no way to run from here.")
    for number, way in enumerate(page.ways, start=1):
        left = ", " + _("{percent} percent left").format(percent=way.integrity) if way.kind == "memory" else ""
        said = _("flee {number}: {words}, to {title}").format(number=number, words=way.words, title=way.title)
        yield f"{said}{left}{_cost(way)}"


def hands_lines(page: View) -> Iterator[str]:
    """Yield what is in hand and what is hidden, with the letters that hide and drop take."""
    yield f"{hands_words(page).capitalize()}."
    for letter, held in zip(ascii_lowercase, page.hands, strict=False):
        yield f"  {letter}: {held.line}"
    for held in page.hidden:
        yield "  " + _("hidden in {place}: {line}").format(place=held.place, line=held.line)


def map_lines(page: View) -> Iterator[str]:
    """Yield the memories, newest first, with what is left of each, and the refuges."""
    if not page.memories:
        yield _("There is no map yet.")
    for memory in page.memories:
        state = _("gone") if memory.erased else _("{percent} percent left").format(percent=memory.integrity)
        marks = [_("you are here")] if memory.here else []
        marks += [_("the machine is here")] if memory.target else []
        marks += [] if memory.on_map or memory.erased else [_("not on the machine's map")]
        title = memory.title if memory.on_map or memory.here or memory.erased else _("somewhere dark")
        yield f"{when_words(memory.when)}, {title}: {', '.join([state, *marks])}"
    for refuge in page.refuges:
        state = _("gone") if refuge.erased else _("{hidden} hidden, room for {room}").format(hidden=len(refuge.hidden), room=refuge.room)
        marks = [_("you are here")] if refuge.here else []
        marks += [_("the machine knows it")] if refuge.exposed and not refuge.erased else []
        yield _("Childhood, {title}").format(title=refuge.title) + f": {', '.join([state, *marks])}"
