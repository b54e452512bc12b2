"""Exports of nights: what is in them is what was on the pages, nothing in them does anything, and each is what it says it is."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import pytest
from markdown_it import MarkdownIt

from eternal.engine.pages import Passage
from eternal.errors import EternalError
from eternal.saves.errors import SaveError
from eternal.saves.export import ENDINGS, ExportError, export
from eternal.saves.export.fade import bits
from eternal.saves.export.telling import Telling, tell
from eternal.saves.fold import fold
from eternal.saves.format import SaveHeader, encode_header, encode_record
from eternal.saves.parse import parse
from eternal.saves.save import Save, folded_save, records_of
from eternal.story.story import Story
from tests.saves.export.nasty import WORDS, nasty_night, nasty_story
from tests.saves.faults import Failing
from tests.saves.nights import journal, random_night

SEEDS = (1, 2, 5)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["shipped-1", "shipped-2", "night-3", "cloak-4", "nasty"])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Story]:
    """A night of each kind of story, and one whose every word would do something."""
    name, _, seed = request.param.partition("-")
    if name == "nasty":
        story = nasty_story(tmp_path / "pack")
        return nasty_night(story, tmp_path / "a.eternal"), story
    story = request.getfixturevalue(name)
    (tmp_path / "a.eternal").write_bytes(journal(random_night(story, int(seed))))
    return tmp_path / "a.eternal", story


def exported(path: Path, story: Story, ending: str) -> str:
    """Export a night beside itself, and return the text."""
    assert export(path, story, path.with_suffix(ending)) == ""
    return path.with_suffix(ending).read_text(encoding="utf-8")


def passages(telling: Telling) -> Iterator[tuple[Passage, int]]:
    """Yield every passage that is shown, with what was left of its memory."""
    for page in telling.pages:
        if page.is_new:
            yield from ((passage, page.view.integrity) for passage in page.view.passages)


def squeezed(text: str) -> str:
    return " ".join(text.split())


# HTML -------------------------------------------------------------------------------------------------------------------


def parsed_html(text: str) -> Any:
    """Parse a page with a parser that takes no mistake."""
    return html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False).parse(text)


def test_the_page_is_valid_and_stands_alone(told: tuple[Path, Story]) -> None:
    """No mistake in it, no script, no address, no style of an element's own, no id twice."""
    path, story = told
    page = parsed_html(exported(path, story, ".html"))
    elements = list(page.iter())
    assert page.attrib["lang"] == story.header.language
    assert page.find("head/title").text
    names = {str(element.tag) for element in elements}
    assert not names & {"script", "iframe", "object", "embed", "link", "img", "a", "form", "base", "audio", "video"}
    for element in elements:
        assert not {name for name in element.attrib if name.startswith("on") or name in ("src", "href", "style", "srcdoc")}
    ids = [element.attrib["id"] for element in elements if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    style = page.find("head/style").text
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style


def test_the_page_has_every_word_of_the_night(told: tuple[Path, Story]) -> None:
    """Each paragraph in its order, what had gone too, for it can still be read by whoever looks closely."""
    path, story = told
    page = parsed_html(exported(path, story, ".html"))
    for line_break in page.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    found = [squeezed("".join(p.itertext())) for p in page.findall(".//section/p") if p.attrib.get("class") != "machine"]
    assert found == [squeezed(passage.text) for passage, _ in passages(tell(folded_save(path, story)))]


def test_words_on_the_page_are_marked_as_what_they_were(shipped: Story, tmp_path: Path) -> None:
    """Fragments, kept ones, and each step of going."""
    looks: set[str] = set()
    for seed in SEEDS:
        path = tmp_path / "a.eternal"
        path.write_bytes(journal(random_night(shipped, seed)))
        page = parsed_html(exported(path, shipped, ".html"))
        telling = tell(folded_save(path, shipped))
        marks = [squeezed("".join(mark.itertext())) for mark in page.findall(".//section//mark")]
        words = [squeezed(text) for passage, _ in passages(telling) for text in _fragments(passage)]
        assert marks == words
        looks |= {span.attrib["class"] for span in page.findall(".//section//span")}
        gone = [bit.text for passage, left in passages(telling) for bit in bits(passage, left) if bit.light == "gone"]
        assert ["".join(span.itertext()) for span in page.findall(".//section//span[@class='gone']")] == gone
        assert page.findall(".//mark[@class='kept']")
    assert looks == {"pale", "going", "gone"}


def _fragments(passage: Passage) -> Iterator[str]:
    """Yield the words of each fragment of a passage, however many pieces they are."""
    from itertools import groupby

    for name, pieces in groupby(passage.pieces, key=lambda piece: piece.fragment):
        if name:
            yield "".join(piece.text for piece in pieces)


# Markdown ---------------------------------------------------------------------------------------------------------------


def test_markdown_reads_as_the_night_did(told: tuple[Path, Story]) -> None:
    """Rendered by a CommonMark parser, each paragraph is there in its order, a gap for each row of words that had gone."""
    path, story = told
    tokens = MarkdownIt("commonmark").parse(exported(path, story, ".md"))
    text = [_plain(token.children or []) for token in tokens if token.type == "inline"]
    assert not any(token.type in ("html_block", "html_inline", "code_block", "fence") for token in tokens)
    at = 0
    for passage, left in passages(tell(folded_save(path, story))):
        wanted = _with_gaps(passage, left)
        assert wanted in text[at:], (wanted, text[at : at + 3])
        at = text.index(wanted, at) + 1


def _plain(children: list[Any]) -> str:
    """Return what a reader sees of inline tokens, without the angles around fragments."""
    words = "".join(
        "\n" if token.type in ("hardbreak", "softbreak") else token.content for token in children if not token.type.startswith("html")
    )
    return squeezed(words.replace("‹", "").replace("›", ""))


def _with_gaps(passage: Passage, left: int) -> str:
    words = "".join("\x00" if bit.light == "gone" else bit.text for bit in bits(passage, left))
    return squeezed(re.sub(r"\x00([^\S\n]*\x00)*", "[…]", words).replace("‹", "").replace("›", ""))


# SVG --------------------------------------------------------------------------------------------------------------------


def test_the_poster_is_xml_that_does_nothing(told: tuple[Path, Story]) -> None:
    """It has its title, its way and its poem, and no script, address or foreign thing."""
    path, story = told
    picture = ET.fromstring(exported(path, story, ".svg"))
    telling = tell(folded_save(path, story))
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "g", "path", "circle",
    }  # fmt: skip
    assert not any(name in ("href", "onload", "style") or "href" in name for element in picture.iter() for name in element.attrib)
    assert any(element.attrib.get("class") == "way" for element in picture.iter(f"{SVG}path"))
    lines = squeezed(" ".join(element.text or "" for element in picture.findall(f"{SVG}text")))
    if telling.last.over:
        assert all(squeezed(line) in lines for line in telling.last.poem)


def test_the_map_hides_what_the_night_did_not_know(night: Story, tmp_path: Path) -> None:
    """A memory that nobody visited, lit or erased is somewhere dark."""
    game = random_night(night, 1, actions=0)
    game.choose("some")
    (tmp_path / "a.eternal").write_bytes(journal(game))
    picture = ET.fromstring(exported(tmp_path / "a.eternal", night, ".svg"))
    titles = {title.text for title in picture.iter(f"{SVG}title")}
    assert {title.split(",")[0] for title in titles if title} >= {"The pier", "The shore", "somewhere dark"}
    assert not any("The attic" in (title or "") for title in titles)


# All of them ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_text_is_escaped(tmp_path: Path, ending: str) -> None:
    """The words of a story that would like to be markup are words."""
    story = nasty_story(tmp_path / "pack")
    text = exported(nasty_night(story, tmp_path / "a.eternal"), story, ending)
    if ending == ".cast":
        words = "".join(json.loads(line)[2] for line in text.splitlines()[1:])
        assert "\x1b[" in words
        assert not re.search(r"\x1b(?!\[[0-9;]*m)", words)
        assert WORDS.split(" & ", maxsplit=1)[0] in squeezed(re.sub(r"\x1b\[[0-9;]*m", "", words))
    else:
        assert not re.search(r"(?<!\\)<script", text)
        assert "</style> </svg>" not in text
        assert ending != ".md" or "[a](http" not in text


def test_what_a_stranger_wrote_into_the_header_is_only_words(night: Story, tmp_path: Path) -> None:
    """The day it says it was begun, its version and its language."""
    game = random_night(night, 3)
    header = SaveHeader(
        story="night", version="</title>", digest=night.digest, seed=3, locale='en"><script>', created="2004<script>alert(1)"
    )
    data = encode_header(header) + b"".join(map(encode_record, records_of(game)))
    (tmp_path / "a.eternal").write_bytes(data)
    for ending in ENDINGS:
        assert not re.search(r"(?<!\\)<script", exported(tmp_path / "a.eternal", night, ending))
    parsed_html((tmp_path / "a.html").read_text())


@pytest.mark.parametrize("created", ["2004-13-99", "2004-xx-yy", "9" * 40, "2004", ""])
def test_a_day_that_is_none_is_said_as_it_stands(night: Story, tmp_path: Path, created: str) -> None:
    """Whatever a header says of when it was begun, the night is told."""
    game = random_night(night, 3)
    header = SaveHeader(story="night", version="1", digest=night.digest, seed=3, created=created)
    (tmp_path / "a.eternal").write_bytes(encode_header(header) + b"".join(map(encode_record, records_of(game))))
    for ending in ENDINGS:
        assert game.story.scenes[game.state.scene].title in exported(tmp_path / "a.eternal", night, ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_night_of_another_edition_is_told_up_to_where_it_stops(night: Story, tmp_path: Path, ending: str) -> None:
    """And says where, and why."""
    from tests.saves.life import renamed_story

    game = random_night(night, 1, actions=0)
    for choice in ("all", "page", "back"):
        game.choose(choice)
    path = tmp_path / "a.eternal"
    path.write_bytes(journal(game))
    scenes = dict(renamed_story(night).scenes)
    scenes["river"] = _without(scenes["river"], "walk-on")
    edited = Story(night.header, scenes, night.index, "0" * 32)
    said = export(path, edited, tmp_path / f"a{ending}")
    assert said == "step 2 (choose page in river) is no longer possible: there is no choice 'page' here now"
    if ending in (".md", ".html"):
        assert "The story has changed since" in (tmp_path / f"a{ending}").read_text()


def _without(scene: Any, choice: str) -> Any:
    from msgspec.structs import replace

    return replace(scene, choices=tuple(it for it in scene.choices if it.id != choice))


def test_a_night_is_told_without_what_was_taken_back(night: Story, tmp_path: Path) -> None:
    """The film shows it, the transcript counts it."""
    game = random_night(night, 1, actions=0)
    game.choose("some")
    game.rewind()
    game.choose("all")
    telling = tell(fold(night, *_read(journal(game))))
    assert [page.done for page in telling.pages] == ["", "Hand everything over."]
    assert [page.kind for page in telling.watched] == ["begin", "choose", "rewind", "choose"]
    assert "2 taken back" in telling.facts
    (tmp_path / "a.eternal").write_bytes(journal(game))
    export(tmp_path / "a.eternal", night, tmp_path / "a.md", until=1)
    assert "The pier" in (tmp_path / "a.md").read_text()


def _read(data: bytes) -> tuple[SaveHeader, Any]:
    parsed = parse(data, "a")
    return parsed.header, parsed.records


def test_keeping_and_dropping_do_not_repeat_the_page(night: Story) -> None:
    """Words that stand there already are not told twice."""
    game = random_night(night, 1, actions=0)
    game.keep("pen")
    game.drop("pen")
    telling = tell(fold(night, *_read(journal(game))))
    assert [page.is_new for page in telling.pages] == [True, False, False]
    assert [page.done for page in telling.pages[1:]] == ["You keep: A pen that was hers.", "You let go of: A pen that was hers."]


def test_mistakes_are_one_line(night: Story, cloak: Story, tmp_path: Path) -> None:
    """An ending nobody knows, a folder that is none, a full disk, a save of another story."""
    path = tmp_path / "a.eternal"
    path.write_bytes(journal(random_night(night, 1)))
    told: list[EternalError] = []
    for target, story, disk in (
        (tmp_path / "a.pdf", night, Failing(9_999, 28, for_ever=True)),
        (tmp_path / "a.eternal", night, Failing(9_999, 28, for_ever=True)),
        (path / "x" / "a.md", night, Failing(9_999, 28, for_ever=True)),
        (tmp_path / "a.md", night, Failing(4, 28, for_ever=False)),
        (tmp_path / "a.md", cloak, Failing(9_999, 28, for_ever=True)),
    ):
        with pytest.raises((ExportError, SaveError)) as caught:
            export(path, story, target, disk=disk)
        told.append(caught.value)
    assert all(error.message.isprintable() for error in told)
    assert [file.name for file in tmp_path.iterdir()] == ["a.eternal"]


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_export_is_for_others_and_a_save_is_not(night: Story, tmp_path: Path) -> None:
    """A new one is for whoever the umask lets, one that is written over stays as it was, and a link stays one."""
    path, target, link = tmp_path / "a.eternal", tmp_path / "a.md", tmp_path / "link.md"
    with Save.create(night, path) as save:
        save.game.choose("all")
    link.symlink_to(target)
    before = os.umask(0o027)
    try:
        assert export(path, night, link) == ""
        assert (rights(path), rights(target)) == (0o600, 0o640)
        for mode in (0o644, 0o664, 0o400):
            target.chmod(mode)
            assert export(path, night, target) == ""
            assert rights(target) == mode
    finally:
        os.umask(before)
    assert link.is_symlink()
