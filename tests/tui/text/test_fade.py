"""The look of going: the engine says which words, and here they go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from eternal.engine.pages import Passage, Piece
from eternal.tui.text.canvas import resting
from eternal.tui.text.fade import FULL, erode, rest
from eternal.tui.text.sheet import lay
from eternal.wording.fading import is_gone

PROSE = "She lies down first, of course, on ice that says no in a low voice, and names a star after a dentist called Morgenstern."


@given(st.integers(0, 100))
def test_exactly_the_words_that_the_engine_names_are_gone(integrity: int) -> None:
    """A word loses letters if and only if the engine says that it is gone."""
    for part in lay((Passage((Piece(PROSE),)),), 60).lines[0].parts:
        look = rest(part, integrity)
        assert (look.eaten > 0) == (part.rank >= 0 and is_gone(part.rank, integrity))


@given(st.integers(0, 100))
def test_kept_words_never_go(integrity: int) -> None:
    """Lit words look the same at any integrity."""
    sheet = lay((Passage((Piece(PROSE, lit=True),)),), 60)
    assert all(rest(part, integrity) == FULL for line in sheet.lines for part in line.parts)


def test_words_that_can_be_kept_only_pale() -> None:
    """As long as the engine lets one keep them, they can be read."""
    sheet = lay((Passage((Piece(PROSE, fragment="star"),)),), 60)
    assert all(rest(part, 1).eaten == 0 for line in sheet.lines for part in line.parts)


def test_without_dissolving_every_word_stays_to_be_read() -> None:
    """With the setting off, what is gone is dim and whole."""
    looks = [look for line in resting(lay((Passage((Piece(PROSE),)),), 60), 10, dissolve=False) for look in line]
    assert {look.eaten for look in looks} == {0}
    assert any(look.pale for look in looks)


def test_the_same_words_go_every_time() -> None:
    """Two sheets of the same passage look alike, letter by letter."""
    one, two = (resting(lay((Passage((Piece(PROSE),)),), 60), 40) for _ in range(2))
    assert one == two


@given(st.text(min_size=1, max_size=20), st.integers(0, 100), st.integers(0, 10_000))
def test_letters_leave_for_good(text: str, eaten: int, key: int) -> None:
    """What is gone at some point is gone later too, and the width never changes."""
    if not text.isprintable():
        return
    now, later = erode(text, eaten, key), erode(text, min(100, eaten + 20), key)
    assert cell_len(now) == cell_len(later) == cell_len(text)
    assert sum(letter != " " for letter in later) <= sum(letter != " " for letter in now)
