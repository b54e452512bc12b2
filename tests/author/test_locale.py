"""Translating: extracting, merging, checking, compiling, and a night told in another language."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from eternal.author.locale import check, compile_all, extract, update
from eternal.author.locale.files import read, write
from eternal.engine.game import Game
from eternal.story.catalog import Catalog, read_catalog, read_mo
from eternal.story.load import SHIPPED, load
from eternal.story.messages import messages
from eternal.story.story import Story
from eternal.story.tongues import learn
from tests.conftest import PACKS


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the small story with an empty Vietnamese catalog."""
    folder = tmp_path / "night"
    shutil.copytree(PACKS / "night", folder)
    story = load(folder, cached=False)
    extract(story, folder)
    update(story, folder, "vi")
    return folder


def translate(pack: Path, **texts: str) -> None:
    """Put translations into the catalog: `shore__text__0` stands for the key `shore:text:0`."""
    path = pack / "locale" / "vi.po"
    catalog = read(path)
    for message in catalog:
        name = str(message.context or "").replace(":", "__").replace("-", "_")
        if message.id and name in texts:
            message.string = texts[name]
    write(path, catalog)


def kinds(pack: Path) -> dict[str, list[str]]:
    """Return what is complained of, by kind, without what is merely missing."""
    found: dict[str, list[str]] = {}
    for complaint in check(load(pack, cached=False), pack):
        if complaint.kind != "missing":
            found.setdefault(complaint.kind, []).append(complaint.key)
    return found


def test_every_text_is_in_the_template_under_a_stable_key(pack: Path) -> None:
    """Scenes, blocks, choices, answers, fragments, mementos, motifs, the machine's voice."""
    keys = {str(message.context) for message in read_template(pack)}
    assert {"bedside:title", "river:text:0", "river:choice:wake", "river:answer:wake", "river:collapse", "fragment:star",
            "memento:shell:name", "motif:snow", "voice:calm", "story:title"} <= keys  # fmt: skip


def read_template(pack: Path) -> list[Message]:
    from babel.messages.pofile import read_po

    with (pack / "locale" / "night.pot").open("rb") as source:
        return [message for message in read_po(source) if message.id]


def test_gnu_msgfmt_accepts_template_and_catalogs(pack: Path) -> None:
    """`msgfmt -c` finds nothing wrong, with ours and with the shipped ones."""
    if shutil.which("msgfmt") is None:
        pytest.skip("GNU gettext is not installed")
    for file in [*(pack / "locale").glob("*.po"), *(SHIPPED / "locale").glob("*.po")]:
        done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_updating_twice_changes_nothing(pack: Path) -> None:
    """The same story gives the same bytes."""
    story, path = load(pack, cached=False), pack / "locale" / "vi.po"
    translate(pack, river__title="Con sông")
    update(story, pack)
    before = path.read_bytes()
    update(story, pack)
    assert path.read_bytes() == before


def test_a_changed_text_keeps_its_translation_as_fuzzy(pack: Path) -> None:
    """The translator sees what it was; the game says the original until it has been looked at."""
    translate(pack, pier__title="Cầu tàu")
    file = pack / "memories.yaml"
    file.write_text(file.read_text().replace("title: The pier", "title: The long pier"))
    story = load(pack, cached=False)
    update(story, pack)
    compile_all(pack)
    assert kinds(pack) == {"fuzzy": ["pier:title"]}
    catalog = read_catalog(pack, "vi")
    assert catalog is not None
    assert catalog.say("pier:title", "The long pier") == "The long pier"


def test_structural_faults_are_found_where_they_stand(pack: Path) -> None:
    """A fragment dropped or invented, a character that may not be, letters not composed, a line too long."""
    translate(
        pack,
        shore__text__0="Một bờ biển.",
        pier__text__0="Một [cái cầu](keep:plank) và [cái nữa](keep:sea).",
        river__title="Con sông\u202e",
        shore__title="Bo\u031b\u0300",
        pier__choice__stay="Ở lại " * 20,
    )
    compile_all(pack)
    found = kinds(pack)
    assert found == {
        "dropped": ["shore:text:0"], "invented": ["pier:text:0"], "control-character": ["river:title"],
        "not-nfc": ["shore:title"], "too-long": ["pier:choice:stay"],
    }  # fmt: skip
    lines = (pack / "locale" / "vi.po").read_text().splitlines()
    first = next(complaint for complaint in check(load(pack, cached=False), pack) if complaint.kind == "dropped")
    assert any("shore:text:0" in line for line in lines[first.line - 3 : first.line + 2])


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


#: Names, which are the same in both languages.
SAME = {"story:title", "drive-in-2:title", "night-train-2:title", "night-train-3:title"}
