"""What the plain face opens: nights that an edited story has stopped, and answers longer than any."""

from __future__ import annotations

import io
import re
import shutil
import sys
from pathlib import Path

import pexpect
import pytest

from eternal.plain.opening import read_line
from eternal.saves.parse import parse
from tests.conftest import PACKS
from tests.plain.test_plain import run

STOPPED = "The story has changed under this save: night-1.eternal: step 2 (choose wake in river) is no longer possible: there is no choice"
GOES_ON = "this night goes on from the last good step, in a file of its own; night-1.eternal stays as it is"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the small story, to be edited."""
    return Path(shutil.copytree(PACKS / "night", tmp_path / "pack"))


@pytest.fixture
def night_1(tmp_path: Path, pack: Path) -> Path:
    """A night of three steps, the second of which the story has lost since."""
    run(["play", str(pack), "--seed", "1"], tmp_path, "1\n1\n1\n")
    for file in (pack / "memories.yaml", pack / "story.yaml"):
        file.write_text(re.sub(r"\bwake\b(?=[,'])", "woken", file.read_text()))
    return tmp_path / "saves" / "night-1.eternal"


@pytest.mark.parametrize("by_name", [True, False])
def test_a_stopped_night_goes_on_from_its_last_good_step(tmp_path: Path, pack: Path, night_1: Path, by_name: bool) -> None:
    """On a pipe nobody can be asked: which step and why is said, and where it goes on; the save stays as it is."""
    before = night_1.read_bytes()
    how = ["--save", str(night_1)] if by_name else ["--continue"]
    done = run(["play", str(pack), "--plain", *how], tmp_path, "a\n")
    assert (done.returncode, done.stderr) == (0, "")
    stopped, goes_on = done.stdout.splitlines()[:2]
    assert stopped.startswith(STOPPED)
    assert goes_on == GOES_ON
    assert "This night is kept as night-1-from-1" in done.stdout
    assert night_1.read_bytes() == before
    branched = parse((night_1.parent / "night-1-from-1.eternal").read_bytes(), "x")
    assert [record.what for record in branched.records] == ["choose all", "keep star"]
    again = run(["play", str(pack), "--plain", "--continue"], tmp_path, "")
    assert "This night is kept as night-1-from-1" in again.stdout
    assert STOPPED not in again.stdout


def test_on_a_terminal_a_stopped_night_is_left_as_it_is_if_the_player_wants(tmp_path: Path, pack: Path, night_1: Path) -> None:
    """It is asked first; no is no, and no file is made."""
    before = night_1.read_bytes()
    env = {"ETERNAL_HOME": str(tmp_path), "TERM": "dumb", "LANG": "C.UTF-8", "PATH": ""}
    for answer, files in (("no", 1), ("yes", 2)):
        args = ["-m", "eternal", "play", str(pack), "--plain", "--save", str(night_1)]
        game = pexpect.spawn(sys.executable, args, env=env, dimensions=(24, 200), encoding="utf-8", timeout=60)
        game.expect_exact("is no longer possible")
        game.expect_exact("Go on from the last good step, as a new night? (yes, or no to leave it as it is)")
        game.sendline(answer)
        if answer == "yes":
            game.expect_exact("> ")
            game.sendeof()
        game.expect(pexpect.EOF)
        game.close()
        assert game.exitstatus == 0
        assert len(list(night_1.parent.glob("*.eternal"))) == files
    assert night_1.read_bytes() == before


class Endless(io.StringIO):
    """A line of 200 million letters, a short one after it. Notes how much was asked for at once."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 2_000
        self.asked: list[int] = []

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        assert size is not None
        self.asked.append(size)
        self.left -= 1
        if self.left > 0:
            return "x" * size
        return "\n" if self.left == 0 else "map\n"


def test_a_line_longer_than_any_answer_is_let_go() -> None:
    """It is read in pieces of a bounded size, and the next line is the next line."""
    source = Endless()
    assert read_line(source) == "x" * 1_000
    assert read_line(source) == "map\n"
    assert set(source.asked) == {1_000}
    assert read_line(io.StringIO("the last")) == "the last"
    assert read_line(io.StringIO("")) is None


def test_a_question_has_a_prompt_and_takes_yes_or_no(tmp_path: Path, pack: Path) -> None:
    """A number is no answer: it is asked again; yes goes on with the night that was begun."""
    run(["play", str(pack), "--seed", "1"], tmp_path, "1\n")
    env = {"ETERNAL_HOME": str(tmp_path), "TERM": "dumb", "LANG": "C.UTF-8", "PATH": ""}
    args = ["-m", "eternal", "play", str(pack), "--plain"]
    game = pexpect.spawn(sys.executable, args, env=env, dimensions=(24, 200), encoding="utf-8", timeout=60)
    game.expect_exact("Go on with it? (yes, or no for a new one)\r\n> ")
    game.sendline("1")
    game.expect_exact("Yes or no, please.\r\n> ")
    game.sendline("yes")
    game.expect_exact("== The river · January 2004 ==")
    game.expect_exact("> ")
    game.sendeof()
    game.expect(pexpect.EOF)
    game.close()
    assert [path.name for path in (tmp_path / "saves").glob("*.eternal")] == ["night-1.eternal"]
