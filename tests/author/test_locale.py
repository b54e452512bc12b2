"""Translating: extracting, merging, checking, compiling, and a night told in another language."""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from eternal import speech
from eternal.author.locale import check, compile_all, update
from eternal.author.locale.files import template, write
from eternal.author.locale.interface import check_interface, interface_template, said_in
from eternal.engine.game import Game
from eternal.mo import read_mo
from eternal.story.catalog import Catalog, read_catalog
from eternal.story.languages import learn
from eternal.story.load import SHIPPED, load
from eternal.story.messages import messages
from eternal.story.story import Story
from tests.author.translating import translate


def test_every_text_is_in_the_template_under_a_stable_key(pack: Path) -> None:
    """Scenes, blocks, choices, answers, fragments, mementos, motifs, the machine's voice."""
    keys = {str(message.context) for message in read_template(pack)}
    assert {"bedside:title", "river:text:0", "river:choice:wake", "river:answer:wake", "river:collapse", "fragment:star",
            "memento:shell:name", "motif:snow", "voice:calm", "story:title"} <= keys  # fmt: skip


def read_template(pack: Path) -> list[Message]:
    from babel.messages.pofile import read_po

    with (pack / "locale" / "night.pot").open("rb") as source:
        return [message for message in read_po(source) if message.id]


def test_comments_say_where_a_text_stands_and_who_may_speak(pack: Path, shipped: Story) -> None:
    """The page's title and kind, its condition, whose speech it may be, and what was taken for an answer to be read."""
    comments = {str(message.context): " ".join(message.auto_comments) for message in read_template(pack)}
    assert comments["river:text:0"] == "The river (memory, 2004-01), if integrity > 50"
    assert comments["river:answer:wake"] == "The river (memory, 2004-01): read when 'Wake up a little.' is taken"
    assert comments["river:choice:wake"] == "The river (memory, 2004-01): a choice, said or done by the player"
    told = {message.key: message.comment for message in messages(shipped)}
    assert told["frozen-river:text:5"].endswith("if fighting and visits > 1; who may speak: Clementine Kruczynski")


def test_gnu_msgfmt_accepts_template_and_catalogs(pack: Path) -> None:
    """`msgfmt -c` finds nothing wrong: with ours, the shipped ones, the interface's, and one of a language that has no rules."""
    if shutil.which("msgfmt") is None:
        pytest.skip("GNU gettext is not installed")
    update(load(pack, cached=False), pack, "pseudo")
    files = [file for folder in (pack / "locale", SHIPPED / "locale", speech.FOLDER) for file in sorted(folder.glob("*.po*"))]
    assert len(files) == 7
    for file in files:
        done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_the_templates_are_those_of_today(shipped: Story, tmp_path: Path) -> None:
    """What is committed is what `eternal locale extract` and `make words` would write."""
    write(tmp_path / "story.pot", template(shipped))
    write(tmp_path / "interface.pot", interface_template())
    assert (tmp_path / "story.pot").read_bytes() == (SHIPPED / "locale" / "eternal.pot").read_bytes()
    assert (tmp_path / "interface.pot").read_bytes() == (speech.FOLDER / "eternal.pot").read_bytes()


def test_what_is_said_inside_of_a_larger_text_is_extracted_too() -> None:
    """Calls inside of f-strings, texts over several lines; not what only looks like a call."""
    source = """
said = f"{shown} {_('help')}: {', '.join([mark('one'), _('two')])}"
raise Refused("no way " "leads {there}", there=1)
_ = other("not this")
text = "_('nor this')"
"""
    assert said_in(source) == ["help", "one", "two", "no way leads {there}"]


def test_a_night_is_told_in_the_language_chosen_and_can_change_in_the_middle(pack: Path) -> None:
    """A save holds ids, not text: switching changes the words and nothing else."""
    translate(pack, river__title="Con sông", river__choice__wake="Tỉnh ra một chút.", fragment__star="Một vì sao.")
    compile_all(pack)
    story = load(pack, cached=False)
    game = Game(story)
    game.choose("all")
    english = game.view
    assert learn(story, "vi")
    game.locale = "vi"
    page = game.view
    assert (english.title, page.title) == ("The river", "Con sông")
    assert page.choices[0].text == "Tỉnh ra một chút."
    assert [choice.id for choice in page.choices] == [choice.id for choice in english.choices]
    assert page.fragments[0].line == "Một vì sao."


@pytest.mark.parametrize(
    "junk", [b"", b"x" * 30, b"\xde\x12\x04\x95" + b"\xff" * 40, b"\xde\x12\x04\x95" + b"\x00" * 8 + b"\x05" + b"\x00" * 60]
)
def test_a_damaged_catalog_is_refused(junk: bytes) -> None:
    """Whatever the bytes are, there is a ValueError or an empty catalog, and nothing else."""
    with contextlib.suppress(ValueError):
        assert len(read_mo(junk)) < 6


def test_a_catalog_whose_texts_overlap_is_refused() -> None:
    """Twenty thousand entries that point into one long text would be gigabytes of it."""
    text, count = b"a" * 60_000 + b"\0", 20_000
    tables = 28
    start = tables + 16 * count
    places = struct.pack("<2I", len(text) - 1, start) * (2 * count)
    head = struct.pack("<7I", 0x950412DE, 0, count, tables, tables + 8 * count, 0, 0)
    with pytest.raises(ValueError, match="overlap"):
        read_mo(head + places + text)


def test_a_catalog_that_cannot_be_unpacked_is_none(pack: Path, tmp_path: Path) -> None:
    """Whatever a stranger's zip has in the catalog's place, the story is told in its own words."""
    translate(pack, river__title="Con sông")
    compile_all(pack)
    zipped = tmp_path / "pack.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(pack.rglob("*")):
            archive.write(file, file.relative_to(pack))
        place = archive.getinfo("locale/vi.mo")
    assert read_catalog(zipped, "vi") is not None
    data = bytearray(zipped.read_bytes())
    begin = place.header_offset + 30 + len(place.filename)
    data[begin : begin + place.compress_size] = b"\xff" * place.compress_size
    zipped.write_bytes(data)
    assert read_catalog(zipped, "vi") is None


def test_a_pipe_is_no_catalog(pack: Path) -> None:
    """Nobody waits for what will never be written."""
    (pack / "locale").mkdir(exist_ok=True)
    (pack / "locale" / "vi.mo").unlink(missing_ok=True)
    os.mkfifo(pack / "locale" / "vi.mo")
    assert read_catalog(pack, "vi") is None


def test_forbidden_characters_in_a_catalog_never_reach_the_page(pack: Path) -> None:
    """The story's own words stand in for them."""
    translate(pack, river__title="Con\x1b[2Jsông")
    compile_all(pack)
    catalog = read_catalog(pack, "vi")
    assert catalog is not None
    assert catalog.say("river:title", "The river") == "The river"


def test_the_shipped_story_is_whole_in_every_language(shipped: Story) -> None:
    """Nothing missing, nothing fuzzy, nothing stale, nothing that would break a page."""
    assert [str(complaint) for complaint in check(shipped, SHIPPED)] == []
    catalog = read_catalog(SHIPPED, "vi")
    assert isinstance(catalog, Catalog)
    assert sum(1 for _ in messages(shipped)) == sum(
        1 for message in messages(shipped) if catalog.say(message.key, message.text) != message.text or message.key in SAME
    )


def test_the_interface_is_whole_in_every_language() -> None:
    """Nothing missing, nothing fuzzy, no value lost, and compiled as it stands."""
    assert [str(complaint) for complaint in check_interface()] == []


#: Names, which are the same in both languages.
SAME = {"story:title", "drive-in-2:title", "night-train-2:title", "night-train-3:title"}
