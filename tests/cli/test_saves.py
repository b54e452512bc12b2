"""`eternal saves` among files that are no saves, names that are no names, and folders that are none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from eternal.story.story import Story
from tests.cli.test_cli import NIGHT, eternal
from tests.saves.nights import journal, random_night

ESC = "a\x1b[31m\nb"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "player" / "saves").mkdir(parents=True)
    return tmp_path / "player"


@pytest.fixture(scope="module")
def data(night: Story) -> bytes:
    """A short night, as its save has it."""
    return journal(random_night(night, 1, actions=2))


def test_a_file_that_is_no_save_is_not_deleted(home: Path, tmp_path: Path) -> None:
    """Whatever is named on the command line, only saves go."""
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("three years of work")
    for verb in (["delete", str(thesis)], ["rename", str(thesis), "night-1"]):
        done = eternal(home, "saves", *verb)
        assert (done.returncode, done.stderr) == (1, f"eternal: {thesis} is no save of Eternal; it is left alone\n")
    assert thesis.read_text() == "three years of work"


def test_where_a_save_was_is_said_unless_it_was_in_the_folder(home: Path, tmp_path: Path, data: bytes) -> None:
    """The name alone is that of a night."""
    (tmp_path / "a.eternal").write_bytes(data)
    (home / "saves" / "b.eternal").write_bytes(data)
    assert eternal(home, "saves", "rename", str(tmp_path / "a.eternal"), "c").stdout == f"{tmp_path / 'c.eternal'}\n"
    assert eternal(home, "saves", "delete", str(tmp_path / "c.eternal")).stdout == f"deleted {tmp_path / 'c.eternal'}\n"
    assert eternal(home, "saves", "rename", "b", "b").stdout == "b\n"
    assert eternal(home, "saves", "delete", "b").stdout == "deleted b\n"


def test_no_name_reaches_the_terminal_as_more_than_a_name(home: Path, tmp_path: Path, data: bytes) -> None:
    """Of a save, of its folder, of a file beside it: no control character, and one line."""
    (home / "saves" / f"{ESC}.eternal").write_bytes(data)
    (tmp_path / f"{ESC}.eternal").write_bytes(data)
    (tmp_path / f"{ESC}.txt").write_bytes(data)
    commands = [
        ["saves"], ["saves", "show", ESC], ["replay", ESC, "--pack", NIGHT, "--verify"], ["replay", ESC, "--plain"], ["saves", "delete", ESC],
        ["saves", "delete", str(tmp_path / f"{ESC}.txt")], ["saves", "delete", str(tmp_path / f"{ESC}.eternal")],
    ]  # fmt: skip
    for command in commands:
        done = eternal(home, *command)
        said = done.stdout + done.stderr
        assert "\x1b" not in said
        assert not any(line.startswith("b") for line in said.splitlines())
        assert "a\ufffd[31m\ufffdb" in said
    assert eternal(home / ESC, "saves", "path").stdout == f"{home}/a\ufffd[31m\ufffdb/saves\n"


def test_a_name_that_is_no_text_spoils_no_list(home: Path, data: bytes) -> None:
    """The others are listed, and so is it."""
    for name in (b"a", b"b\xff"):
        (home / "saves" / os.fsdecode(name + b".eternal")).write_bytes(data)
    for _ in range(2):
        assert {night["name"] for night in json.loads(eternal(home, "saves", "--json").stdout)} == {"a", "b\ufffd"}


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_showing_what_cannot_be_played_exits_1(home: Path, data: bytes, options: list[str]) -> None:
    """And says why; the list of nights is well all the same."""
    (home / "saves" / "junk.eternal").write_text("what is this\n")
    (home / "saves" / "good.eternal").write_bytes(data)
    done = eternal(home, "saves", "show", "junk", *options)
    assert done.returncode == 1
    assert "no save of Eternal" in done.stdout
    assert eternal(home, "saves", "show", "good", *options).returncode == eternal(home, "saves", *options).returncode == 0


def test_a_folder_that_cannot_be_read_is_not_called_empty(home: Path) -> None:
    """One line that says which, and why."""
    (home / "saves").rmdir()
    (home / "saves").write_text("a file")
    for command in (["saves"], ["saves", "--json"], ["saves", "show", "night-1"], ["play", NIGHT, "--plain", "--continue"]):
        done = eternal(home, *command)
        assert (done.returncode, done.stderr) == (1, f"eternal: {home / 'saves'} cannot be read: there is no such folder\n")
