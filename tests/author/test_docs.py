"""docs/authoring: every example is a story that loads, what commands print is what they print, the reference cannot lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct, inspect

from eternal.author.check import check
from eternal.author.reference import STRUCTS, reference
from eternal.author.reference.examples import Examples
from eternal.cli.group import COMMANDS, Commands, group
from eternal.story.load import load
from tests.author.desk import eternal, played
from tests.conftest import PACKS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "authoring"
EXAMPLE = PACKS / "docs" / "reference"
PAGES = ("tutorial.md", "cookbook.md", "testing.md")

_FENCE = re.compile(r"^```(\w*)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(Struct):
    """A fenced block: its language, the file it is, its text."""

    language: str
    file: str
    text: str


def sections(page: str) -> Iterator[tuple[str, list[Block]]]:
    """Yield the sections of a page with the blocks in them."""
    for section in re.split(r"^## ", (DOCS / page).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        yield section.partition("\n")[0], [Block(*found) for found in _FENCE.findall(section)]


RECIPES = [(page, title) for page in PAGES for title, blocks in sections(page) if any(block.language == "yaml" for block in blocks)]


def written(page: str, title: str, folder: Path) -> None:
    """Write the files of a section; the tutorial goes on with those of the sections before."""
    for name, blocks in sections(page):
        for block in blocks if name == title or page == "tutorial.md" else []:
            if block.language == "yaml":
                (folder / block.file).write_text(block.text, encoding="utf-8")
        if name == title:
            return


@pytest.mark.parametrize(("page", "title"), [recipe for recipe in RECIPES if "mistake" not in recipe[1]])
def test_an_example_is_a_story_that_can_be_played_to_its_endings(page: str, title: str, tmp_path: Path) -> None:
    """It passes check without a word, and players reach every ending it declares."""
    written(page, title, tmp_path)
    assert check(tmp_path).diagnostics == ()
    story = load(tmp_path, cached=False)
    tally = played(story, 40)
    assert set(tally.endings) == set(story.header.endings)
    assert not tally.stuck
    assert {(scene.id, choice.id) for scene in story.scenes.values() for choice in scene.choices} <= set(tally.taken)


def test_what_commands_print_in_the_tutorial_is_what_they_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Each block of a console is run on the files as they stand there."""
    monkeypatch.chdir(tmp_path)
    consoles = 0
    for _, blocks in sections("tutorial.md"):
        for block in blocks:
            if block.language == "yaml":
                Path(block.file).write_text(block.text, encoding="utf-8")
            elif block.language == "console":
                consoles += 1
                for session in block.text.split("$ eternal ")[1:]:
                    command, _, output = session.partition("\n")
                    said = eternal(capfdbinary, *command.split())
                    assert said.out + said.err == output
    assert consoles >= 4


@pytest.mark.parametrize("page", PAGES)
def test_every_example_says_which_file_it_is_and_every_command_exists(page: str) -> None:
    """No YAML without a name; no command and no option that the command line does not have."""
    text = (DOCS / page).read_text(encoding="utf-8")
    assert all(block.file for _, blocks in sections(page) for block in blocks if block.language == "yaml")
    assert isinstance(group, Commands)
    for command, rest in re.findall(r"^(?:.*\| |.*do )?(?:\$ )?eternal (\w+)([^#\n|>;]*)", text, flags=re.MULTILINE):
        assert command in COMMANDS, command
        found = group.get_command(None, command)  # type: ignore[arg-type]  # the context is not looked at
        assert found is not None
        known = {option for parameter in found.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z]+", rest)) <= known, (command, rest)


def test_the_reference_is_what_the_structs_say() -> None:
    """`python -m eternal.author.reference > docs/authoring/reference.md` changes nothing."""
    assert (DOCS / "reference.md").read_text(encoding="utf-8") == reference(EXAMPLE)


def test_every_field_has_an_example_from_a_story_without_mistakes() -> None:
    """A new field needs a line in tests/packs/docs/reference."""
    assert check(EXAMPLE).diagnostics == ()
    examples = Examples(EXAMPLE)
    for struct, _ in STRUCTS:
        kind = inspect.type_info(struct)
        assert isinstance(kind, inspect.StructType)
        for field in kind.fields:
            assert examples.of(struct, field.encode_name), f"{struct.__name__}.{field.encode_name}"
