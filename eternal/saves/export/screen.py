"""A page's lines as rows of a terminal, in colour: the words of the plain face in the same places."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from msgspec import Struct

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.pages import Passage, View
from eternal.safety import clean
from eternal.saves.export.fade import Bit, Light, bits
from eternal.wording.lines import WIDTH, fresh, headline, lettered, offers, poem, wrap

__all__ = ["COLUMNS", "ROWS", "Row", "answer", "page_rows", "poem_rows"]

#: The terminal that is filmed.
COLUMNS, ROWS = 80, 24

_HAIR = {"green": "32", "red": "31", "tangerine": "35", "blue": "34"}
_LIGHTS: dict[Light, str] = {"whole": "", "pale": "38;2;165;161;152", "going": "38;2;104;103;102", "gone": "38;2;46;49;56"}
_OFFERS = {"choice": "", "aside": "90", "machine": "36"}


class Row(Struct, frozen=True):
    """A row of the terminal: its words, and the same with the colours that a terminal understands."""

    text: str
    colours: tuple[str, ...] = ()

    @property
    def painted(self) -> str:
        """The words with their colours: SGR sequences, and nothing else that a terminal obeys."""
        text = clean(self.text)
        if not self.colours:
            return text
        found, now = "", ""
        for character, colour in zip(text, self.colours, strict=True):
            if colour != now:
                found += f"\x1b[0;{colour}m" if colour else "\x1b[0m"
                now = colour
            found += character
        return found + ("\x1b[0m" if now else "")


def _one(text: str, colour: str) -> Row:
    return Row(text, (colour,) * len(text))


def page_rows(page: View, before: View | None = None) -> Iterator[Row]:
    """Yield a whole page, or what is new on it where it was read before."""
    new = fresh(page, before)
    if new is None:
        yield Row("")
        yield _one(headline(page), f"1;{_HAIR.get(page.hair, '37')}")
    if new != ():
        yield Row("")
    for passage in page.passages if new is None else new:
        yield from _passage(passage, page)
        yield Row("")
    for line in offers(page, again=new is not None):
        yield from _wrap(line.text, [_OFFERS[line.kind]] * len(line.text), line.indent)


def _passage(passage: Passage, page: View) -> Iterator[Row]:
    """Yield a paragraph, its words in their light, with the letter of a fragment after its last word."""
    text, colours = ("- ", ["", ""]) if passage.item else ("", [])
    for bit, mark in lettered(tuple(bits(passage, page.integrity)), page):
        text += bit.text + mark
        colours += [_colour(bit, page.hair)] * len(bit.text) + [_HAIR.get(page.hair, "33")] * len(mark)
    yield from _wrap(text, colours, "  " if passage.item else "")


def _colour(bit: Bit, hair: str) -> str:
    parts = ["1;33"] if bit.lit else [f"4;{_HAIR.get(hair, '33')}"] if bit.fragment else [_LIGHTS[bit.light]]
    parts += ["3"] if bit.em else []
    parts += ["1"] if bit.strong else []
    return ";".join(part for part in parts if part)


def _wrap(text: str, colours: list[str], indent: str = "") -> Iterator[Row]:
    """Yield text in rows, broken between words, each character keeping its colour."""
    kept = iter([colour for character, colour in zip(text, colours, strict=True) if not character.isspace()])
    for row in wrap(text, WIDTH, indent):
        yield Row(row, tuple("" if character.isspace() else next(kept) for character in row))


def poem_rows(page: View) -> Iterator[Row]:
    """Yield what stands under the last page."""
    yield from (_one(line, "33") for line in poem(page))


def answer(page: View, action: Action | None) -> str:
    """Return what a player types on a page to do something."""
    held = {it.id: letter for letter, it in zip(ascii_lowercase, page.hands, strict=False)}
    match action:
        case Choose(id=name):
            return str(1 + next((number for number, choice in enumerate(page.choices) if choice.id == name), 0))
        case Flee(id=name):
            return f"flee {1 + next((number for number, way in enumerate(page.ways) if way.scene == name), 0)}"
        case Keep(id=name):
            return next((letter for letter, it in zip(ascii_lowercase, page.fragments, strict=False) if it.id == name), "keep")
        case Hide(id=name):
            return f"hide {held.get(name, '')}"
        case Drop(id=name):
            return f"drop {held.get(name, '')}"
        case Rewind() | None:
            return "back"
