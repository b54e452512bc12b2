"""The title in words: what stands on it and on which row. It knows no widget, for it is painted before there are any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from eternal.engine.pages import Passage, Piece
from eternal.saves.nights import Night, latest
from eternal.speech import _
from eternal.story.story import Story
from eternal.tui.column import column
from eternal.tui.keys import find, shown
from eternal.tui.palette import Role
from eternal.tui.text.rows import row_lines
from eternal.tui.text.sheet import lay, text_of
from eternal.wording.columns import columns, graphemes
from eternal.wording.told import say, short, title_like

__all__ = ["WIDTH", "Entry", "about_of", "entries", "foot", "lines", "name_of", "spaced"]

#: The most columns that the words of the title take.
WIDTH = 56


#: Words in one colour.
Stretch = tuple[str, Role]


class Entry(Struct, frozen=True):
    """A row of the title's list: where it leads, its words, and a note at its right."""

    id: str
    text: str
    note: str = ""


def entries(story: Story, locale: str | None = None) -> tuple[Entry, ...]:
    """Return where one can go from the title; first of all back into the night that is not over, if there is one."""
    night = latest(story)
    first = [Entry("continue", _("Continue"), _where(story, night, locale))] if night is not None else []
    rest = [
        ("new", _("A new night")), ("nights", _("Nights")), ("endings", _("Endings")), ("settings", _("Settings")), ("leave", _("Leave")),
    ]  # fmt: skip
    return (*first, *(Entry(name, text) for name, text in rest))


def _where(story: Story, night: Night, locale: str | None) -> str:
    scene, hour = short(title_like(story, night.at.scene, locale)), night.at.hour
    return f"{scene} · {hour}" if hour and hour != scene else scene


def spaced(title: str) -> str:
    """Return a title with room between its letters, for there is only one size of type."""
    letters = [letter for letter, _columns in graphemes(title.lower())]
    return "\u00a0\u00a0".join(letters) if columns(title) <= 16 else title


def name_of(story: Story, locale: str | None) -> str:
    """Return the story's name."""
    return say(story, "story:title", story.header.title, locale)


def about_of(story: Story, locale: str | None) -> str:
    """Return what the story says of itself."""
    return say(story, "story:about", story.header.about, locale) if story.header.about else ""


def foot(keymap: Mapping[str, str]) -> str:
    """Return the words at the bottom of the title."""
    key = find("everywhere.help")
    keys = keymap.get("everywhere.help", key.keys if key else "")
    return f"{shown(keys.split(',')[0])} {_('help')}"


def lines(story: Story, keymap: Mapping[str, str], width: int, height: int, locale: str | None = None) -> dict[int, list[Stretch]]:
    """Return what stands on each row of a screen of that size, in stretches of one colour; the margin is not in it.

    Empty where the words would not all fit.
    """
    wide = column(width, WIDTH)
    end: list[Stretch] = [(foot(keymap), "dim")]
    block = [*_name(story, column(width, 72), wide, locale), *_list(entries(story, locale), wide), [], [], end]
    if len(block) + 4 > height:
        return {}
    return {height - len(block) + number: line for number, line in enumerate(block) if line}


def _name(story: Story, widest: int, wide: int, locale: str | None) -> Iterator[list[Stretch]]:
    for text in _wrapped(spaced(name_of(story, locale)), widest):
        yield [(text, "page")]
    yield []
    about = about_of(story, locale)
    if about:
        for text in _wrapped(about, wide):
            yield [(text, "dim")]
    yield []


def _list(rows: tuple[Entry, ...], wide: int) -> Iterator[list[Stretch]]:
    for number, row in enumerate(rows):
        colour: Role = "page" if number else "accent"
        for place, line in enumerate(row_lines(row.text, row.note, "", "", wide - 2)):
            yield [("  " if number or place else "› ", "accent"), (line.text, colour), (line.gap + line.note, "dim")]


def _wrapped(text: str, wide: int) -> list[str]:
    return [text_of(line) for line in lay((Passage((Piece(text),)),), wide).lines]
