"""Which words go as a memory fades: always the same words for the same memory, the particular ones first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

__all__ = ["is_gone", "word_spans"]

_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
#: Zero-width joiner and non-joiner: inside of words in several scripts.
_JOINERS = "\u200c\u200d"
#: How much of a word's place in the order is chance; the rest is how particular the word is.
_CHANCE = 62


@lru_cache(maxsize=2_048)
def word_spans(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return start, end and rank of every word of a text.

    The rank (0 to 99) is the integrity below which the word is gone: names and long words rank high and go first,
    short common ones last. It is a hash of the text and the word's place, so a replay loses the same words.
    """
    raw = text.encode("utf-8", "surrogatepass")
    found = tuple((w.start(), w.end(), _rank(text, raw, w)) for w in _WORD.finditer(text))
    return found if text.isascii() else tuple(_with_marks(text, found))


def _with_marks(text: str, spans: tuple[tuple[int, int, int], ...]) -> Iterator[tuple[int, int, int]]:
    """Yield the spans with the marks that stand on their letters: to Python a combining mark ends a word, to a reader it does not."""
    begun: tuple[int, int, int] | None = None
    for start, stop, rank in spans:
        end = _past_marks(text, stop)
        if begun is not None and begun[1] == start:
            begun = begun[0], end, begun[2]
            continue
        if begun is not None:
            yield begun
        begun = start, end, rank
    if begun is not None:
        yield begun


def _past_marks(text: str, at: int) -> int:
    while at < len(text) and (unicodedata.category(text[at])[0] == "M" or text[at] in _JOINERS):
        at += 1
    return at


def is_gone(rank: int, integrity: int) -> bool:
    """Tell whether a word of that rank is gone at so many percent. At 100 nothing is."""
    return integrity < 100 and rank >= integrity


def _rank(text: str, raw: bytes, word: re.Match[str]) -> int:
    start, letters = word.start(), word.group()
    chance = crc32(raw, crc32(b"%d:" % start)) % _CHANCE
    is_name = letters[:1].isupper() and start > 1 and text[start - 2 : start] not in (". ", "? ", "! ")
    particular = 34 if is_name or letters[0].isdigit() else min(30, 4 * max(0, len(letters) - 3))
    return min(99, chance + particular)
