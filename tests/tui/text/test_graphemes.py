"""Text by the characters a reader sees: letters with stacked marks, wide CJK, families of emoji are never taken apart."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes
from rich.style import Style

from eternal.engine.pages import Passage, Piece
from eternal.story.load import load
from eternal.tui.front import spaced
from eternal.tui.palette import OURS
from eternal.tui.text.canvas import Canvas
from eternal.tui.text.fade import erode
from eternal.tui.text.grid import Grid, segments_of, write
from eternal.tui.text.motion import Reveal
from eternal.tui.text.offers import Offer, paint_offer, set_offers
from eternal.tui.text.paint import paint_line
from eternal.tui.text.rows import row_lines
from eternal.tui.text.search import hits
from eternal.tui.text.sheet import lay, text_of
from eternal.wording.columns import cut, fit, graphemes, padded
from eternal.wording.fading import word_spans
from eternal.wording.lines import wrap
from tests.conftest import PACKS

#: A word in Vietnamese as most files have it and taken apart, stacked marks, Thai, CJK, emoji joined and flagged, a keycap.
WORDS = (
    "em", "nghiêng", unicodedata.normalize("NFD", "nghiêng"), "x\u0323\u0302\u0301", "e\u0301\u0301", "กำลัง", "क्षत्रिय", "漢字", "雪",
    "👩‍🚀", "👩‍👩‍👧‍👦", "🇻🇳", "1\ufe0f\u20e3", "👍🏽", "…", "“a\u0323”", "–",
)  # fmt: skip
CHARACTERS = st.lists(st.sampled_from(WORDS) | st.just(" "), min_size=1, max_size=40).map("".join)


def seen(text: str) -> list[str]:
    """Return the characters of a text as a reader counts them, without spaces."""
    return [text[start:end] for start, end, _ in split_graphemes(text)[0] if not text[start:end].isspace()]


def sheet_of(text: str, width: int = 30) -> list[str]:
    return [text_of(line) for line in lay((Passage((Piece(text),)),), width).lines]


@given(CHARACTERS, st.integers(12, 60))
def test_lines_are_broken_between_characters(text: str, width: int) -> None:
    """On the page and line by line every character is whole, and no line is too wide."""
    for lines in (sheet_of(text, width), list(wrap(text, width))):
        assert [character for line in lines for character in seen(line)] == seen(text)
        assert all(cell_len(line) <= width for line in lines)


@given(CHARACTERS, st.integers(0, 100), st.integers(0, 1_000))
def test_words_dissolve_by_characters(text: str, eaten: int, key: int) -> None:
    """What is left of a word are whole characters in their places; what has gone is as many columns of nothing."""
    for part in (part for line in lay((Passage((Piece(text),)),), 40).lines for part in line.parts):
        assert not unicodedata.category(part.text[0]).startswith("M")
        left = erode(part.text, eaten, key)
        assert cell_len(left) == part.width
        assert set(seen(left)) <= set(seen(part.text))


def test_a_word_with_marks_is_one_word() -> None:
    """Composed or not, it goes as a whole and by the same rank as its letters say."""
    for word in ("x\u0323\u0302y", "nghie\u0302ng", "กำลัง", "क्षत्रिय"):
        assert [(start, end) for start, end, _ in word_spans(f"– {word} –")] == [(2, 2 + len(word))]


@given(CHARACTERS)
def test_words_appear_whole(text: str) -> None:
    """At every moment of the reveal each character is there with its marks or not at all."""
    sheet = lay((Passage((Piece(text),)),), 24)
    canvas = Canvas(sheet)
    motion = Reveal(canvas, 10.0, gently=False)
    whole = [seen(text_of(line)) for line in sheet.lines]
    seconds: float | None = 0.0
    while seconds is not None:
        for number, line in enumerate(sheet.lines):
            lit = [look if look.light else look.__class__(eaten=100, light=0) for look in canvas.looks[number]]
            shown = "".join(segment.text for segment in paint_line(line, lit, OURS["night"], ""))
            assert seen(shown) == whole[number][: len(seen(shown))]
        seconds = None if motion.at(seconds) is None else seconds + 0.05
    assert [seen(text_of(line)) for line in canvas.sheet.lines] == whole


@given(CHARACTERS, st.integers(0, 30))
def test_text_is_cut_and_filled_up_by_columns(text: str, room: int) -> None:
    """A line that is too long ends in an ellipsis after a whole character; one that is too short is filled up."""
    short = cut(text, room)
    assert cell_len(short) <= room
    assert short == text or seen(text)[: max(0, len(seen(short)) - 1)] == seen(short)[:-1]
    assert cell_len(padded(short, 30)) == 30
    assert text[fit(text, max(2, room)) :] == "" or fit(text, max(2, room)) in {start for start, _, _ in split_graphemes(text)[0]}


@pytest.mark.parametrize("word", WORDS)
def test_a_map_label_has_all_of_its_characters(word: str) -> None:
    """Marks stand on their letters, wide characters take two cells, and the row is as wide as the picture."""
    grid: Grid = [[(" ", Style())] * 20]
    write(grid, 2, 0, f"a{word}b", Style())
    row = "".join(segment.text for segment in segments_of(grid[0]))
    assert f"a{word}b" in row
    assert cell_len(row) == 20


@pytest.mark.parametrize("word", WORDS)
def test_what_a_choice_costs_stands_at_the_right_edge(word: str) -> None:
    """Whatever the choice and its cost are written in."""
    offer = Offer("1", f"{word} {word}", f"{word}, 2 {word}", "choose:x")
    (row,) = set_offers([offer], 60)
    painted = "".join(segment.text for segment in paint_offer(offer, row, 60, OURS["night"], cursor=False))
    assert cell_len(painted) == 60
    assert painted.endswith(offer.cost)
    (line,) = row_lines(word * 3, word, "", "", 60)
    assert cell_len(line.text + line.gap + line.note) == 60


def test_a_title_is_spaced_between_its_characters() -> None:
    """No mark is left alone in the gap."""
    assert spaced("Vĩnh cửu").split("\u00a0\u00a0") == ["v", "ĩ", "n", "h", " ", "c", "ử", "u"]
    assert spaced("X\u0323Y").split("\u00a0\u00a0") == ["x\u0323", "y"]
    assert [character for character, _ in graphemes("👩‍🚀雪")] == ["👩‍🚀", "雪"]


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("dem", {0, 1}), ("đêm", {0}), ("DEM NAY", {0}), ("đem", {1}), ("duong ray", {1, 2}), ("đường ray", {1, 2}), ("ray. duong", {2}),
        (unicodedata.normalize("NFD", "đêm"), {0}), ("muối", set()), ("", set()), ("  ", set()), ("d", {0, 1, 2}), ("ô", {2}),
    ],
)  # fmt: skip
def test_words_are_found_without_their_marks(sought: str, found: set[int]) -> None:
    """Typed bare they are found with and without marks, đ as d, over the end of a line; typed with marks they are meant so."""
    lines = ["Đêm nay có tuyết.", unicodedata.normalize("NFD", "Em đem đi hết đường"), "ray. Đường tàu có một ô cửa."]
    assert hits(lines, sought) == found


def test_other_scripts_are_found_too() -> None:
    """Wide ones, and letters with strokes of other languages."""
    assert hits(["雪が降る", "夜"], "夜") == {1}
    assert hits(["Łódź", "Ærø"], "lodz") == {0}
    assert hits(["STRASSE", "Straße"], "straße") == {0, 1}


def test_files_in_decomposed_letters_are_read_as_composed(tmp_path: Path) -> None:
    """A story written where letters come apart (NFD) is the story that is told, with ids, links and fragments as they are."""
    folder = tmp_path / "night"
    folder.mkdir()
    for file in (PACKS / "night").glob("*.yaml"):
        text = (
            file.read_text(encoding="utf-8").replace("The river", "Dòng sông nghiêng").replace("a star named", "một ngôi sao được gọi tên")
        )
        (folder / file.name).write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    story = load(folder, cached=False)
    assert story.scenes["river"].title == unicodedata.normalize("NFC", "Dòng sông nghiêng")
    for scene in story.scenes.values():
        assert unicodedata.is_normalized("NFC", scene.title)
