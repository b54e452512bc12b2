"""Checking a catalog: each fault that would break a page, at the line of the translation that has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eternal.author.locale import check, compile_all, update
from eternal.author.locale.check import structure
from eternal.story.load import load
from tests.author.translating import found, line_of, translate


@pytest.mark.parametrize(
    ("key", "string", "kind", "said"),
    [
        ("shore:text:0", "Một bờ biển.", "dropped", "the fragment (keep:sea) of the original is not here"),
        ("pier:text:0", "[Cầu](keep:plank), [nữa](keep:sea).", "invented", "the fragment (keep:sea) is not in the original"),
        ("pier:text:0", "[Cầu](keep:plank), [nữa](keep:plank).", "twice", "the link (keep:plank) is here more often"),
        ("yard:text:0", "Cái gì [cũng](choose:deeper) to. [Hơi thở](keep:breath).", "invented", "the choice (choose:deeper)"),
        ("river:title", "Con sông\u202e", "control-character", "the character U+202E"),
        ("river:title", "Con\x1b[2Jsông", "control-character", "the character U+001B"),
        ("shore:title", "Bo\u031b\u0300", "not-nfc", "not in Unicode's composed form"),
        ("pier:choice:stay", "Ở lại " * 20, "too-long", "119 columns; there is room for 96"),
        ("pier:title", "Cầu " * 20, "too-long", "79 columns; there is room for 60"),
        ("pier:title", "漢" * 31, "too-long", "62 columns; there is room for 60"),
        ("pier:text:0", "[Cầu](keep:plank), `mã`.", "markup", "is not part of the text format"),
        ("pier:text:0", "[Cầu](http://example.org)", "markup", "http://example.org is not part of the text format"),
    ],
)  # fmt: skip
def test_a_fault_is_found_at_its_line(pack: Path, key: str, string: str, kind: str, said: str) -> None:
    """One fault, one complaint: its kind, the text, the line of its `msgstr`, and what it is."""
    translate(pack, **{key.replace(":", "__").replace("-", "_"): string.strip()})
    compile_all(pack)
    complaints = [complaint for complaint in check(load(pack, cached=False), pack) if complaint.kind != "missing"]
    assert [(one.kind, one.key, one.line) for one in complaints] == [(kind, key, line_of(pack, key))]
    assert said in str(complaints[0])
    assert complaints[0].is_error


@pytest.mark.parametrize(
    ("text", "string", "kinds"),
    [
        ("[Stay](choose:stay) a while.", "Ở lại một lúc.", ["dropped"]),
        ("You have {coins} coins.", "Anh có tiền.", ["dropped"]),
        ("You have coins.", "Anh có {coins} đồng.", ["invented"]),
        ("You have {coins} coins.", "Anh có {xu} đồng.", ["dropped", "invented"]),
        ("*So* much.", "*Nhiều* thế.", []),
        ("- “One.”\n- “Two.”", "- “Một.”\n- “Hai.”", []),
    ],
)
def test_links_and_values_must_be_the_same(text: str, string: str, kinds: list[str]) -> None:
    """An inline choice or an interpolation lost or made up; words and emphasis are the translator's."""
    assert [kind for kind, _ in structure("page:text:0", text, string)] == kinds


def test_a_text_that_stands_twice_is_found(pack: Path) -> None:
    """Readers take one of the two and say nothing; the second is named with its line."""
    path = pack / "locale" / "vi.po"
    with path.open("a", encoding="utf-8") as catalog:
        catalog.write('\nmsgctxt "river:title"\nmsgid "The river"\nmsgstr "Sông"\n')
    compile_all(pack)
    complaint = next(one for one in check(load(pack, cached=False), pack) if one.kind == "duplicate")
    assert path.read_text(encoding="utf-8").splitlines()[complaint.line - 1] == 'msgctxt "river:title"'


def test_what_is_not_translated_is_no_error(pack: Path) -> None:
    """Missing, fuzzy and stale texts are warnings: the page is whole, and partly in the original."""
    translate(pack, pier__title="Cầu tàu", attic__title="Gác")
    story = pack / "memories.yaml"
    story.write_text(story.read_text().replace("title: The pier", "title: The long pier"))
    assert found(pack) == {"stale": ["pier:title"], "not-compiled": ["vi"]}
    update(load(pack, cached=False), pack)
    compile_all(pack)
    complaints = check(load(pack, cached=False), pack)
    assert {one.kind for one in complaints} == {"missing", "fuzzy"}
    assert not any(one.is_error for one in complaints)
    fuzzy = next(one for one in complaints if one.kind == "fuzzy")
    assert (fuzzy.key, fuzzy.line) == ("pier:title", line_of(pack, "pier:title"))


def test_a_text_that_the_story_has_no_more_is_stale(pack: Path) -> None:
    """As long as the catalog has not been updated."""
    translate(pack, attic__choice__sit="Ngồi xuống.")
    story = pack / "memories.yaml"
    story.write_text(story.read_text().replace("{id: sit, text: Sit.}", "{id: lie, text: Lie down.}"))
    assert found(pack)["stale"] == ["attic:choice:sit"]


def test_a_catalog_that_is_none_is_said_so(pack: Path) -> None:
    """In one line of the report, whatever the bytes are."""
    for bytes_ in (b"\xff\xfe\x00", b'msgid "one"\nmsgstr "eins\n', b'msgid "a"\nwhat', b"<<<<<<< HEAD\n"):
        (pack / "locale" / "vi.po").write_bytes(bytes_)
        assert [one.kind for one in check(load(pack, cached=False), pack)] == ["unreadable"]
