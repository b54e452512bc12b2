"""Passages as they looked: which words had gone, which were going, which were lit. For faces made of text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from eternal.engine.pages import Passage
from eternal.wording.fading import is_gone, word_spans

__all__ = ["Bit", "Light", "bits"]

#: Points of integrity for which a word pales before it goes, and for which a trace of it is left after.
PALING, TRACE = 9, 14

Light = Literal["whole", "pale", "going", "gone"]


class Bit(Struct, frozen=True):
    """A stretch of a passage in one style and one light."""

    text: str
    light: Light = "whole"
    em: bool = False
    strong: bool = False
    fragment: str = ""
    lit: bool = False


def bits(passage: Passage, integrity: int) -> Iterator[Bit]:
    """Yield a passage in stretches of one look.

    The words that go are the same as on every other face. Words that can still be kept only pale, kept ones stay lit, and
    what is said outside the memory (an answer, a collapse) does not fade.
    """
    at = 0
    spans = word_spans(passage.text) if passage.role == "text" and integrity < 100 else ()
    for piece in passage.pieces:
        end = at + len(piece.text)
        cuts = sorted({at, end, *(edge for start, stop, _ in spans for edge in (start, stop) if at < edge < end)})
        for first, last in pairwise(cuts):
            rank = next((rank for start, stop, rank in spans if start <= first < stop), -1)
            light = "whole" if piece.lit or rank < 0 else _light(rank, integrity, is_link=bool(piece.fragment or piece.choice))
            yield Bit(passage.text[first:last], light, piece.em, piece.strong, piece.fragment, piece.lit)
        at = end


def _light(rank: int, integrity: int, *, is_link: bool) -> Light:
    if not is_gone(rank, integrity):
        return "pale" if is_gone(rank, max(0, integrity - PALING)) else "whole"
    if is_link:
        return "pale"
    return "going" if rank - integrity < TRACE else "gone"
