"""The pages of the plain face as rows of a terminal, in colour: the same words in the same places.

`tests/saves/export/test_film.py` holds it to that, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from msgspec import Struct
from rich.cells import cell_len

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.pages import ChoiceView, Passage, View
from eternal.engine.words import cost_words, hands_words, status_line, when_words
from eternal.saves.export.fade import Light, bits
from eternal.speech import _
from eternal.story.safety import clean

__all__ = ["COLUMNS", "ROWS", "Row", "answer", "page_rows", "poem_rows"]

#: The terminal that is filmed, and how wide its text is.
COLUMNS, ROWS = 80, 24
_WIDTH = 72

_HAIR = {"green": "32", "red": "31", "tangerine": "35", "blue": "34"}
_LIGHTS: dict[Light, str] = {"whole": "", "pale": "38;2;165;161;152", "going": "38;2;104;103;102", "gone": "38;2;46;49;56"}


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


def page_rows(page: View) -> Iterator[Row]:
    """Yield a whole page."""
    letters = dict(zip((fragment.id for fragment in page.fragments), ascii_lowercase, strict=False))
    yield Row("")
    yield _one(_heading(page), f"1;{_HAIR.get(page.hair, '37')}")
    yield Row("")
    for passage in page.passages:
        yield from _passage(passage, page, letters)
        yield Row("")
    yield from _offers(page, letters)


def _heading(page: View) -> str:
    parts = [page.title, when_words(page.when) if page.when else "", page.machine.hour if page.machine and page.machine.beat else ""]
    return "== " + " · ".join(part for part in parts if part) + " =="


def _passage(passage: Passage, page: View, letters: dict[str, str]) -> Iterator[Row]:
    """Yield a paragraph, with the letter of a fragment after its last word."""
    text, colours = ("- ", ["", ""]) if passage.item else ("", [])
    found = list(bits(passage, page.integrity))
    for place, bit in enumerate(found):
        text += bit.text
        colours += [_colour(bit.light, page.hair, is_fragment=bool(bit.fragment), lit=bit.lit, em=bit.em, strong=bit.strong)] * len(
            bit.text
        )
        ends = place + 1 == len(found) or found[place + 1].fragment != bit.fragment
        if ends and bit.fragment in letters:
            mark = f" [{letters[bit.fragment]}]"
            text += mark
            colours += [_HAIR.get(page.hair, "33")] * len(mark)
    yield from _wrap(text, colours, "  " if passage.item else "")


def _colour(light: Light, hair: str, *, is_fragment: bool, lit: bool, em: bool, strong: bool) -> str:
    parts = ["1;33"] if lit else [f"4;{_HAIR.get(hair, '33')}"] if is_fragment else [_LIGHTS[light]]
    parts += ["3"] if em else []
    parts += ["1"] if strong else []
    return ";".join(part for part in parts if part)


def _wrap(text: str, colours: list[str], indent: str = "") -> Iterator[Row]:
    """Yield text in rows, broken between words, each character keeping its colour."""
    kept = iter([colour for character, colour in zip(text, colours, strict=True) if not character.isspace()])
    for row in _rows(text, indent):
        yield Row(row, tuple("" if character.isspace() else next(kept) for character in row))


def _rows(text: str, indent: str) -> Iterator[str]:
    for line in text.split("\n"):
        row = ""
        for word in line.split():
            longer = f"{row} {word}" if row.strip() else row + word
            if row.strip() and cell_len(longer) > _WIDTH:
                yield row
                longer = indent + word
            row = longer
        yield row


def _offers(page: View, letters: dict[str, str]) -> Iterator[Row]:
    """Yield the choices, what else could be done, and the machine's line."""
    for number, choice in enumerate(page.choices, start=1):
        text = f"{number}. {choice.text}{_cost(choice)}"
        yield from _wrap(text, [""] * len(text), "   ")
    if page.fragments:
        said = _("Words to keep: {letters}. {hands}.").format(letters=", ".join(letters.values()), hands=hands_words(page).capitalize())
        yield _one(said, "90")
    if page.room and page.hands:
        yield _one(_("You can hide words here ({room}); hidden, they last till morning.").format(room=page.room), "90")
    if page.ways:
        yield _one(_("You can flee ({count} ways).").format(count=len(page.ways)), "90")
    if page.machine and page.kind in ("memory", "refuge"):
        yield _one(f"({status_line(page.machine)})", "36")


def _cost(choice: ChoiceView) -> str:
    words = cost_words(choice)
    return f" ({', '.join(words)})" if words else ""


def poem_rows(page: View) -> Iterator[Row]:
    """Yield what stands under the last page."""
    yield Row("")
    if page.poem:
        yield from (_one(f"    {line}", "33") for line in page.poem)
        yield Row("")


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
