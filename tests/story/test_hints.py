"""Which word was meant."""

from __future__ import annotations

import pytest

from eternal.story.hints import did_you_mean

MANY = [f"{first}-{second}-{n}" for first in ("frozen", "summer", "night") for second in ("river", "train", "call") for n in range(500)]


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("frozen-rivr", ["frozen-river", "frozen-rivulet"], "did you mean 'frozen-river'?"),
        ("rvier", ["river", "pier"], "did you mean 'river'?"),
        ("tac", ["hall", "cat"], "did you mean 'cat'?"),
        ("elephant", ["river", "pier"], ""),
        ("x", [], ""),
        ("", ["river"], ""),
        ("frozen-rvier-77", MANY, "did you mean 'frozen-river-77'?"),
        ("nigth-train-499", MANY, "did you mean 'night-train-499'?"),
        ("elephant", MANY, ""),
    ],
)
def test_the_nearest_word_is_named(word: str, known: list[str], hint: str) -> None:
    """If it is near enough, among few words and among thousands."""
    assert did_you_mean(word, known) == hint


def test_hundreds_of_renamed_words_are_found_again_among_thousands() -> None:
    """A story in which everything has been renamed is still told what was meant."""
    for number in range(10, 210):
        assert did_you_mean(f"frozn-river-{number}", MANY) == f"did you mean 'frozen-river-{number}'?"
