"""`eternal new`: a small story that works and teaches."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from eternal.author.check import check
from eternal.author.new import FolderInUse, write_pack
from eternal.story.load import load
from tests.author.desk import eternal, played


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A new pack."""
    folder = tmp_path / "My first night!"
    write_pack(folder)
    return folder


def test_it_passes_check_without_a_word(pack: Path) -> None:
    """Neither an error nor a warning."""
    assert check(pack).diagnostics == ()


def test_it_is_small_and_complete(pack: Path) -> None:
    """Six to eight scenes, a memory, a refuge, two endings; and its id is the folder's name."""
    story = load(pack, cached=False)
    kinds = [scene.kind for scene in story.scenes.values()]
    assert 6 <= len(kinds) <= 8
    assert {"memory", "refuge", "outside", "waking"} <= set(kinds)
    assert kinds.count("ending") == 2
    assert story.id == "my-first-night"


def test_players_meet_all_of_it(pack: Path) -> None:
    """Every scene, choice and fragment, and both endings, within a few nights."""
    story = load(pack, cached=False)
    tally = played(story, 60)
    assert set(tally.met) == set(story.scenes)
    assert {(scene.id, choice.id) for scene in story.scenes.values() for choice in scene.choices} <= set(tally.taken)
    assert set(tally.kept) == set(story.index.fragments)
    assert set(tally.endings) == set(story.header.endings)
    assert not tally.crashes
    assert not tally.stuck
    blocks = {
        (scene.id, number) for scene in story.scenes.values() for number in range(1 if isinstance(scene.text, str) else len(scene.text))
    }
    assert set(tally.blocks) == blocks


def test_an_editor_finds_the_schema_and_the_files_fit_it(pack: Path) -> None:
    """Every scene begins with the line that language servers read, each for itself, and its path leads to the schema."""
    files = sorted(pack.rglob("*.yaml"))
    assert len(files) == 8
    for file in files:
        for scene in file.read_text(encoding="utf-8").split("---\n"):
            first, *_ = scene.splitlines()
            assert first.startswith("# yaml-language-server: $schema=")
            schema = json.loads((file.parent / first.partition("=")[2]).read_text(encoding="utf-8"))
            assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
            import_module("jsonschema").validate(yaml.safe_load(scene), schema)  # has no types


@pytest.mark.parametrize("name", ["2 nights", "ночь", "---", "story"])
def test_any_folder_gives_an_id(tmp_path: Path, name: str) -> None:
    """One that the format allows, whatever the folder is called."""
    write_pack(tmp_path / name)
    assert load(tmp_path / name, cached=False).id in ("my-story", "story")


def test_a_folder_in_use_is_left_alone(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Nothing is written into it, and one line says why; an empty one will do."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderInUse):
        write_pack(tmp_path)
    said = eternal(capfdbinary, "new", tmp_path)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert [file.name for file in tmp_path.iterdir() if file.name != "home"] == ["mine.txt"]
    assert eternal(capfdbinary, "new", tmp_path / "mine.txt").code == 2
    (tmp_path / "empty").mkdir()
    assert eternal(capfdbinary, "new", tmp_path / "empty").code == 0


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """No traceback: a file stands where a folder should be made."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = eternal(capfdbinary, "new", tmp_path / "file" / "pack")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "cannot be written" in said.err


def test_the_command_says_what_to_do_next(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """It names the files and the next commands."""
    said = eternal(capfdbinary, "new", tmp_path / "night")
    assert said.code == 0
    assert "story.yaml" in said.out
    assert f"eternal watch {tmp_path / 'night'}" in said.out
