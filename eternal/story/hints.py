"""Which known word was most likely meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

__all__ = ["did_you_mean"]

#: How alike two words must be, of 1.
LIKENESS = 0.7
#: With more known words than this, only those that share the most pairs of letters are compared letter by letter.
FEW, CANDIDATES = 200, 30


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the hint that names the nearest known word, or nothing."""
    words = tuple(known)
    if len(words) > FEW:
        words = _candidates(word, words)
    near = get_close_matches(word[:100], words, n=1, cutoff=LIKENESS) or [known for known in words if sorted(known) == sorted(word[:100])]
    return f"did you mean {near[0]!r}?" if near else ""


def _candidates(word: str, words: tuple[str, ...]) -> tuple[str, ...]:
    index = _index(words)
    shared = Counter(known for pair in _pairs(word) for known in index.get(pair, ()))
    return tuple(known for known, _ in shared.most_common(CANDIDATES))


@lru_cache(maxsize=8)
def _index(words: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the words that have each pair of letters; a pair that a fifth of them has tells none apart and is left out."""
    index: dict[str, list[str]] = {}
    for word in words:
        for pair in _pairs(word):
            index.setdefault(pair, []).append(word)
    return {pair: having for pair, having in index.items() if len(having) * 5 < len(words)}


def _pairs(word: str) -> set[str]:
    framed = f"^{word[:100]}$"
    return {framed[at : at + 2] for at in range(len(framed) - 1)}
