"""Prose broken into lines: nothing is lost, nothing is too wide, and every link knows where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from eternal.engine.pages import Passage, Piece
from eternal.tui.text.sheet import Span, lay, text_of
from eternal.wording.fading import word_spans

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Mn", "Me", "Mc"]) | st.just("\n"), max_size=200
)


def passage(*pieces: Piece | str, item: bool = False) -> Passage:
    return Passage(tuple(Piece(piece) if isinstance(piece, str) else piece for piece in pieces), item=item)


@given(TEXT, st.integers(12, 80))
def test_every_line_fits_and_nothing_is_lost(text: str, width: int) -> None:
    """Whatever the words and the width, each line fits, and the words are all there in their order."""
    sheet = lay((passage(text),), width)
    assert all(cell_len(text_of(line)) <= width for line in sheet.lines)
    assert "".join(text_of(line) for line in sheet.lines).replace(" ", "") == text.replace(" ", "").replace("\t", "").replace("\n", "")


def test_parts_know_the_rank_of_their_word() -> None:
    """Words carry the rank that says when they go; what stands between them has none."""
    text = "Ice, and a star."
    ranks = {(part.text, part.rank) for part in lay((passage(text),), 40).lines[0].parts}
    assert {(text[a:b], rank) for a, b, rank in word_spans(text)} | {(",", -1), (".", -1)} == ranks


def test_links_know_where_they_stand_on_every_line() -> None:
    """A fragment that runs over the end of a line has a place on both."""
    sheet = lay((passage("It was ", Piece("a star named after", fragment="star"), " him."),), 16)
    (link,) = sheet.links
    assert (link.kind, link.id) == ("keep", "star")
    assert link.spans == (Span(0, 7, 13), Span(1, 0, 11))


def test_paragraphs_stand_apart_and_lines_of_dialogue_do_not() -> None:
    """An empty line parts two paragraphs; items of one list follow each other, with a dash."""
    sheet = lay((passage("One."), passage("Two.", item=True), passage("Three.", item=True), passage("Four.")), 40)
    assert [text_of(line) for line in sheet.lines] == ["One.", "", "– Two.", "– Three.", "", "Four."]


def test_a_word_wider_than_the_line_is_cut() -> None:
    """A word that no line can hold goes on in the next."""
    sheet = lay((passage("a " + "x" * 30),), 12)
    assert [text_of(line) for line in sheet.lines] == ["a", "x" * 12, "x" * 12, "x" * 6]


def test_vietnamese_keeps_its_letters() -> None:
    """Composed letters are one column each and are never cut apart."""
    sheet = lay((passage("Anh cúi xuống dòng sông đóng băng, em gọi tên những vì sao."),), 20)
    assert [text_of(line) for line in sheet.lines] == ["Anh cúi xuống dòng", "sông đóng băng, em", "gọi tên những vì", "sao."]


def test_wide_characters_count_for_two() -> None:
    """What takes two columns is measured so."""
    sheet = lay((passage("漢字 漢字 漢字"),), 12)
    assert [text_of(line) for line in sheet.lines] == ["漢字 漢字", "漢字"]
