"""Fading: which words go, and that it is always the same ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eternal.wording.fading import is_gone, word_spans

TEXT = "In the afternoon Clementine was sure of it, and at 4 she told Rosamund so."


def gone(text: str, integrity: int) -> set[str]:
    return {text[start:end] for start, end, rank in word_spans(text) if is_gone(rank, integrity)}


def test_nothing_is_gone_from_what_is_whole() -> None:
    """At a hundred percent every word stands, at nought none does."""
    assert gone(TEXT, 100) == set()
    assert gone(TEXT, 0) == set(TEXT.replace(",", "").replace(".", "").split())


def test_names_and_numbers_go_before_small_words() -> None:
    """On average a name outranks a long word, and a long word a short one."""
    ranks: dict[str, list[int]] = {"name": [], "long": [], "short": []}
    for number in range(200):
        text = f"it {number} of Rosamund afternoons and"
        for start, end, rank in word_spans(text):
            word = text[start:end]
            kind = "name" if word[0].isupper() else "long" if len(word) > 8 else "short" if word.isalpha() else ""
            if kind:
                ranks[kind].append(rank)
    mean = {kind: sum(found) / len(found) for kind, found in ranks.items()}
    assert mean["name"] > mean["long"] > mean["short"] + 20


@given(st.text(max_size=200), st.integers(0, 100), st.integers(0, 100))
def test_what_is_gone_does_not_come_back(text: str, one: int, other: int) -> None:
    """The less is left, the more words are gone: all that were gone before, and more."""
    less, more = sorted((one, other))
    assert gone(text, more) <= gone(text, less)


def test_another_text_loses_other_words() -> None:
    """The order is the text's own."""
    orders = {tuple(rank for _, _, rank in word_spans(f"{TEXT} {more}"))[:8] for more in ("", "once", "twice")}
    assert len(orders) == 3
