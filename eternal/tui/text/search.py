"""Looking for words the way one types them: without the marks on letters, in any case, over the ends of lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

__all__ = ["hits", "reader_of"]

#: Letters that are another letter with a stroke through it, which Unicode does not take apart.
_STROKES = str.maketrans("đøłħŧıœæ", "dolhtiœæ")


def reader_of(sought: str) -> Callable[[str], str]:
    """Return how texts are to be read where these words are looked for.

    Whoever types no marks finds letters with and without them (`dem` finds đêm, đem and dem); whoever types them means them.
    """
    return _bare if _bare(sought) == _plain(sought) else _plain


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split())


def _bare(text: str) -> str:
    """Return a text without the marks on its letters."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_STROKES).split())


def hits(lines: Sequence[str], sought: str) -> set[int]:
    """Return the numbers of the lines of a paragraph that have some of the words which are looked for.

    Args:
        lines: the paragraph, broken into lines.
        sought: what was typed.
    """
    read = reader_of(sought)
    words = read(sought)
    if not words:
        return set()
    starts, text = [], ""
    for line in lines:
        text += " " if text else ""
        starts.append(len(text))
        text += read(line)
    found: set[int] = set()
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        ends = [*starts[1:], len(text) + 1]
        found |= {number for number, (start, after) in enumerate(zip(starts, ends, strict=True)) if start < end and at < after - 1}
        at = text.find(words, at + 1)
    return found
