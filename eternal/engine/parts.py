"""Texts as they are shown, made once: the same words in the same light are the same part of a page.

A player sees a text often, and most of it is the same each time; what can differ is what Joel holds of it and the values
it shows.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from eternal.engine.pages import ChoiceView, Passage, Piece, Role
from eternal.story import markup
from eternal.story.markup import Run

__all__ = ["Body", "Part", "part"]


class Part(Struct, frozen=True, gc=False):
    """A text as passages, and the words of its links: what each leads to, and its words."""

    passages: tuple[Passage, ...]
    links: tuple[tuple[str, str], ...]


class Body(Struct, frozen=True, gc=False):
    """What is read and what can be chosen on a page: passages, the words of links by what they lead to, and choices."""

    passages: tuple[Passage, ...]
    words: dict[str, str]
    choices: tuple[ChoiceView, ...]


@lru_cache(maxsize=16_384)
def part(text: str, role: Role, kept: frozenset[str], offered: frozenset[str], values: tuple[tuple[str, str], ...]) -> Part:
    """Return a text as it is shown.

    Args:
        text: the text, as an author or a translator wrote it.
        role: what the words are.
        kept: the fragments that Joel has: their words are lit.
        offered: the choices that can be taken: words that lead to any other lead nowhere.
        values: the values that it shows, by their names.
    """
    shown = dict(values)
    passages = tuple(
        Passage(tuple(_piece(run, kept, offered, shown) for run in paragraph.runs), role, paragraph.item)
        for paragraph in markup.paragraphs(text)
    )
    pieces = [piece for passage in passages for piece in passage.pieces]
    return Part(passages, tuple((piece.fragment or piece.choice, piece.text) for piece in pieces if piece.fragment or piece.choice))


def _piece(run: Run, kept: frozenset[str], offered: frozenset[str], shown: dict[str, str]) -> Piece:
    text = shown[run.show] if run.show else run.text
    choice = run.choose if run.choose in offered else ""
    return Piece(text=text, em=run.em, strong=run.strong, fragment=run.keep, choice=choice, lit=run.keep in kept)
