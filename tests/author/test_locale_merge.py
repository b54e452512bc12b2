"""Updating a catalog: no translation is lost, none is taken for another's, and what a translator has written stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from eternal.author.locale import LocaleError, compile_all, update
from eternal.author.locale.files import read
from eternal.story.catalog import read_catalog
from eternal.story.load import load
from tests.author.translating import found, translate, translated


def edit(pack: Path, *changes: str) -> None:
    """Change the story as its author would (before, after, before, after …), and update the catalog."""
    for before, after in zip(changes[::2], changes[1::2], strict=True):
        files = [path for path in pack.glob("*.yaml") if before in path.read_text(encoding="utf-8")]
        assert files, before
        for path in files:
            path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    update(load(pack, cached=False), pack)


def test_updating_twice_changes_nothing(pack: Path) -> None:
    """The same story gives the same bytes, with what is fuzzy and what is obsolete in them."""
    translate(pack, river__title="Con sông", pier__title="Cầu tàu", attic__choice__sit="Ngồi xuống.")
    edit(pack, "title: The pier", "title: The long pier")
    edit(pack, "{id: sit, text: Sit.}", "{id: lie, text: Lie down.}")
    path = pack / "locale" / "vi.po"
    before = path.read_bytes()
    update(load(pack, cached=False), pack)
    assert path.read_bytes() == before
    assert b"#, fuzzy" in before
    assert b"#~ msgstr" in before


def test_a_changed_text_keeps_its_translation_as_fuzzy(pack: Path) -> None:
    """The translator sees what it was made for, also after more updates; the game says the original until it has been looked at."""
    translate(pack, pier__title="Cầu tàu")
    edit(pack, "title: The pier", "title: The long pier")
    edit(pack, "title: The river", "title: A river")
    edit(pack, "title: The long pier", "title: The longest pier")
    compile_all(pack)
    assert found(pack) == {"fuzzy": ["pier:title"]}
    catalog = read_catalog(pack, "vi")
    assert catalog is not None
    assert catalog.say("pier:title", "The longest pier") == "The longest pier"
    assert '#| msgid "The pier"' in (pack / "locale" / "vi.po").read_text(encoding="utf-8")


def test_a_translation_follows_its_text_to_another_place_in_the_scene(pack: Path) -> None:
    """A block put before others moves them all; each keeps its own translation, and none is fuzzy."""
    translate(pack, river__text__0="Băng, và [một ngôi sao](keep:star), và [một chiếc găng](keep:right-glove).", river__text__1="Lạnh.",
              river__text__2="Lại nữa.")  # fmt: skip
    edit(pack, "text:\n  - if: integrity > 50", "text:\n  - text: First of all, the cold.\n  - if: integrity > 50")
    have = translated(pack)
    assert "river:text:0" not in have
    assert have["river:text:1"][0].startswith("Băng")
    assert have["river:text:2"] == ("Lạnh.", False)
    assert have["river:text:3"] == ("Lại nữa.", False)


def test_a_translation_follows_what_its_author_renames(pack: Path) -> None:
    """Scene, choice and fragment, as `formerly` declares them; an id that is used again is never taken for a former one."""
    translate(pack, pier__title="Cầu tàu", pier__choice__stay="Ở lại.", fragment__plank="Tấm ván cuối.")
    edit(
        pack,
        "id: pier\ntitle", "id: jetty\nformerly: [pier]\ntitle", "lights: [shore, pier]", "lights: [shore, jetty]",
        "{id: stay, text: Stay.", "{id: remain, formerly: [stay], text: Stay.",
        "plank: {motif: salt, line: The last plank.}", "board: {motif: salt, line: The last plank., formerly: [plank]}",
        "(keep:plank)", "(keep:board)",
    )  # fmt: skip
    have = translated(pack)
    assert have["jetty:title"] == ("Cầu tàu", False)
    assert have["jetty:choice:remain"] == ("Ở lại.", False)
    assert have["fragment:board"] == ("Tấm ván cuối.", False)


def test_a_text_that_is_gone_is_kept_and_comes_back(pack: Path) -> None:
    """It lies among the obsolete ones however often the catalog is updated, and is taken from there when the text returns."""
    translate(pack, attic__choice__sit="Ngồi xuống.")
    edit(pack, "{id: sit, text: Sit.}", "{id: lie, text: Lie down.}")
    edit(pack, "title: The pier", "title: The long pier")
    assert translated(pack)["~attic:choice:sit"] == ("Ngồi xuống.", False)
    edit(pack, "{id: lie, text: Lie down.}", "{id: sit, text: Sit.}")
    assert translated(pack)["attic:choice:sit"] == ("Ngồi xuống.", False)


def test_a_text_that_goes_to_another_scene_is_to_be_looked_at_again(pack: Path) -> None:
    """There it may want another register: the translation is there, marked fuzzy."""
    translate(pack, attic__choice__sit="Ngồi xuống.")
    edit(pack, "choices:\n  - {id: sit, text: Sit.}", "choices:\n  - {id: lie, text: Lie down.}")
    edit(
        pack,
        "  - {id: back, text: Back onto the ice., to: river}",
        "  - {id: back, text: Back onto the ice., to: river}\n  - {id: sit, text: Sit.}",
    )
    assert translated(pack)["river-bank:choice:sit"] == ("Ngồi xuống.", True)


def test_what_a_translator_has_written_beside_the_texts_stays(pack: Path) -> None:
    """The names in the head, the date of the revision, a note on a text, a mark of doubt."""
    path = pack / "locale" / "vi.po"
    text = path.read_text(encoding="utf-8").replace("FULL NAME <EMAIL@ADDRESS>", "Hà <ha@example.org>")
    text = text.replace("vi <LL@li.org>", "Nhóm dịch").replace("PO-Revision-Date: 2004-02-14", "PO-Revision-Date: 2026-11-28")
    noted = '# hỏi lại tác giả\n#, fuzzy\nmsgctxt "river:title"\nmsgid "The river"\nmsgstr "Con sông"'
    path.write_text(text.replace('msgctxt "river:title"\nmsgid "The river"\nmsgstr ""', noted), encoding="utf-8")
    edit(pack, "title: The pier", "title: The long pier")
    after = path.read_text(encoding="utf-8")
    for words in ("Hà <ha@example.org>", "Nhóm dịch", "PO-Revision-Date: 2026-11-28", "# hỏi lại tác giả"):
        assert words in after
    assert translated(pack)["river:title"] == ("Con sông", True)


def test_a_catalog_that_cannot_be_read_stops_the_update_before_it_writes(pack: Path) -> None:
    """Nothing of any language is touched."""
    good, bad = pack / "locale" / "vi.po", pack / "locale" / "xx.po"
    bad.write_text('msgid "one"\nmsgstr "eins\nmsgid', encoding="utf-8")
    before = good.read_bytes()
    (pack / "memories.yaml").write_text((pack / "memories.yaml").read_text().replace("The pier", "The long pier"))
    with pytest.raises(LocaleError, match=r"xx\.po:\d+: this is no catalog"):
        update(load(pack, cached=False), pack)
    assert good.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["update", "--locale", "../../outside"], 2, "is not the tag of a language"),
        (["update", "--locale", ""], 2, "is not the tag"),
        (["extract", "night.zip"], 1, "is no folder: catalogs are written beside a story's files"),
        (["check", "night.zip"], 1, "is no folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(pack: Path, args: list[str], code: int, said: str) -> None:
    """No file outside the pack, none in a zip, no traceback."""
    zipped = pack.parent / "night.zip"
    subprocess.run([sys.executable, "-m", "zipfile", "-c", zipped, "story.yaml", "memories.yaml", "elsewhere.yaml"], cwd=pack, check=True)
    words = [*args] if "night.zip" in args else [*args, str(pack)]
    done = subprocess.run([sys.executable, "-m", "eternal", "locale", *words], cwd=pack.parent, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == (1 if code else 0)
    assert sorted(file.name for file in pack.parent.iterdir() if file.suffix in (".po", ".pot")) == []


def test_a_new_language_begins_with_every_text_and_none_translated(pack: Path) -> None:
    """From nothing, also where the world has no rules for that language."""
    update(load(pack, cached=False), pack, "pseudo")
    texts = [message for message in read(pack / "locale" / "pseudo.po") if message.id]
    assert len(texts) == len([message for message in read(pack / "locale" / "vi.po") if message.id])
    assert not any(message.string for message in texts)
