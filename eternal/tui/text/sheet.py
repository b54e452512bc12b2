"""Prose broken into lines once, with the place of every word, so that light can change without wrapping again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from msgspec import Struct

from eternal.engine.pages import Passage, Piece, Role
from eternal.wording.columns import columns, fit
from eternal.wording.fading import word_spans

__all__ = ["Line", "Link", "Part", "Sheet", "Span", "lay", "text_of"]

_TOKEN = re.compile(r"\n|[^ \t\n]+")
_HANG = "– "


class Part(Struct, frozen=True, gc=False):
    """A stretch of one line in one style: a word, or what stands between two.

    Attributes:
        x, width: its columns.
        rank: the integrity under which the word is gone; -1 for what is no word.
        order: which word of the sheet it belongs to, in reading order.
        key: a number of its own, for which of its letters go first.
        style: bits: 1 emphasis, 2 strong.
        link: the fragment or choice it leads to, as `keep:id` or `choose:id`.
        lit: whether Joel has it.
    """

    x: int
    width: int
    text: str
    rank: int
    order: int
    key: int
    style: int
    link: str
    lit: bool


class Line(Struct, frozen=True, gc=False):
    """A line of the sheet: its parts from left to right, what its passage is, and which."""

    parts: tuple[Part, ...] = ()
    role: Role = "text"
    passage: int = 0


class Span(Struct, frozen=True, gc=False):
    """Where a link stands on one line."""

    line: int
    x: int
    end: int


class Link(Struct, frozen=True, gc=False):
    """Words that do something: `keep` or `choose`, the id, and where they stand."""

    kind: str
    id: str
    spans: tuple[Span, ...]
    lit: bool


class Sheet(Struct, frozen=True, gc=False):
    """A page's prose at one width."""

    lines: tuple[Line, ...]
    words: int
    links: tuple[Link, ...]
    width: int


@lru_cache(maxsize=256)
def lay(passages: tuple[Passage, ...], width: int) -> Sheet:
    """Break passages into lines of at most `width` columns, an empty line between two paragraphs."""
    lines: list[Line] = []
    order = 0
    for number, passage in enumerate(passages):
        if number and not (passage.item and passages[number - 1].item):
            lines.append(Line(passage=number))
        wrapped, order = _Wrapper(passage, width, order, number).run()
        lines += wrapped
    return Sheet(tuple(lines), order, tuple(_links(lines)), width)


def text_of(line: Line) -> str:
    """Return a line's words with the spaces between them."""
    text, x = "", 0
    for part in line.parts:
        text += " " * (part.x - x) + part.text
        x = part.x + part.width
    return text


class _Wrapper:
    """Breaks one passage."""

    def __init__(self, passage: Passage, width: int, order: int, number: int) -> None:
        self.passage = passage
        self.text = passage.text
        self.width = width
        self.order = order
        self.number = number
        self.indent = len(_HANG) if passage.item else 0
        self.starts = _starts(passage.pieces)
        self.spans = word_spans(self.text)
        self.cuts = sorted({*self.starts, *(edge for span in self.spans for edge in span[:2])})
        self.lines: list[list[Part]] = [[]]
        self.x = self.indent
        if self.indent:
            self.lines[0].append(Part(0, self.indent, _HANG, -1, order, 0, 0, "", lit=False))

    def run(self) -> tuple[list[Line], int]:
        """Return the lines, and the number of the next word."""
        for token in _TOKEN.finditer(self.text):
            if token.group() == "\n":
                self._break()
            else:
                self._place(token.start(), token.end())
                self.order += 1
        return [Line(tuple(parts), self.passage.role, self.number) for parts in self.lines], self.order

    def _break(self) -> None:
        self.lines.append([])
        self.x = self.indent

    def _place(self, start: int, end: int) -> None:
        """Put a token where it fits: after a space, on the next line, or cut to the width."""
        room = self.width - self.indent
        size = columns(self.text[start:end])
        gap = 1 if self.x > self.indent else 0
        if self.x + gap + size <= self.width:
            self.x += gap
        elif gap:
            self._break()
        while size > room:
            cut = start + fit(self.text[start:end], room)
            self._put(start, cut)
            self._break()
            start, size = cut, columns(self.text[cut:end])
        self._put(start, end)

    def _put(self, start: int, end: int) -> None:
        """Add a token's parts: cut where a style or a word begins."""
        edges = [start, *self.cuts[bisect_right(self.cuts, start) : bisect_right(self.cuts, end - 1)], end]
        line = self.lines[-1]
        for a, b in pairwise(edges):
            piece = self.passage.pieces[bisect_right(self.starts, a) - 1]
            text = self.text[a:b]
            width, style = columns(text), piece.em + 2 * piece.strong
            key = (self.number << 16) + a
            line.append(Part(self.x, width, text, self._rank(a), self.order, key, style, _target(piece), piece.lit))
            self.x += width

    def _rank(self, at: int) -> int:
        place = bisect_right(self.spans, at, key=itemgetter(0)) - 1
        return self.spans[place][2] if place >= 0 and at < self.spans[place][1] else -1


def _starts(pieces: tuple[Piece, ...]) -> list[int]:
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text)
    return starts


def _target(piece: Piece) -> str:
    if piece.fragment:
        return f"keep:{piece.fragment}"
    return f"choose:{piece.choice}" if piece.choice else ""


def _links(lines: list[Line]) -> Iterator[Link]:
    """Yield the links in reading order, each with all the places it runs through."""
    found: dict[str, list[Span]] = {}
    lit: dict[str, bool] = {}
    for number, line in enumerate(lines):
        for part in line.parts:
            if not part.link:
                continue
            spans = found.setdefault(part.link, [])
            lit[part.link] = part.lit
            if spans and spans[-1].line == number:
                spans[-1] = Span(number, spans[-1].x, part.x + part.width)
            else:
                spans.append(Span(number, part.x, part.x + part.width))
    for target, spans in found.items():
        kind, _, name = target.partition(":")
        yield Link(kind, name, tuple(spans), lit[target])
