"""The plain face, as a process on pipes and as a class on strings."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from eternal.plain.play import Plain
from eternal.saves.parse import parse
from eternal.saves.save import Save
from eternal.story.story import Story
from eternal.wording.lines import wrap
from tests.conftest import PACKS


def played(story: Story, path: Path, *lines: str) -> str:
    """Return what the plain face writes when these lines are typed."""
    out = io.StringIO()
    with Save.create(story, path, seed=1) as save:
        assert Plain(save, io.StringIO("".join(f"{line}\n" for line in lines)), out).play() == 0
    return out.getvalue()


@pytest.fixture
def save(tmp_path: Path) -> Path:
    return tmp_path / "night-1.eternal"


def test_a_page_has_numbered_choices_and_lettered_words(night: Story, save: Path) -> None:
    """Choices by number, fragments by letter, the machine's line below."""
    out = played(night, save, "1")
    assert "a star named after a dentist [a], and one glove [b]." in out
    assert "1. Wake up a little." in out
    assert "(target 1 of 3 · integrity 100 % · subject calm · 4 beats left here · 24 beats to morning)" in " ".join(out.split())


def test_a_page_outside_has_one_hour_its_own(night: Story, save: Path) -> None:
    """What happens outside says when it happens; the hour of the night does not stand beside it."""
    out = played(night, save, "1", "2", "1", "4", "2")
    assert "\n== The river · January 2004 ==\n" in out
    assert "\n== 23:40 ==\n" in out  # its title here is its hour


def test_what_an_action_brought_is_said(night: Story, save: Path) -> None:
    """Words in hand, what is gone and what was lost with it stand before the page that follows, as on the screen."""
    out = played(night, save, "1", "a", "1", "3")
    assert "\n* in hand: A star named after a dentist.\n" in out
    assert "\n* The river refuses: one beat more\n" in played(night, save.with_name("b.eternal"), "1", "a", "1", "1", "1")
    assert "* forgotten: “one glove”, “two coats”" in " ".join(played(night, save.with_name("c.eternal"), "1", "a", "1", "3", "1").split())


def test_every_verb_does_what_the_help_says(night: Story, save: Path) -> None:
    """Keep, hands, hide, drop, flee, map, look, back, save, quit."""
    out = played(night, save, "1", "a", "hands", "1", "flee", "flee 2", "hide a", "map", "back", "drop", "look", "save", "quit")
    assert "1 of 2 in hand." in out
    assert "flee 2: along the snow, to The yard" in out
    assert "Childhood, The yard: 1 hidden, room for 1, you are here" in out
    assert "November 2002, The shore: 100 percent left" in out
    assert out.count(f"--save {save}' goes on.") == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("99", "There is no choice 99; there are 4."),
        ("0", "There is no choice 0; there are 4."),
        ("z", "'z' is nothing you can do here; 'help' lists what is."),
        ("hide a", "Your hands are empty."),
        ("flee 1", "There is no way 1; there are 0."),
        ("9" * 500, "There is no choice"),
        ("\x1b]0;own\x07", "nothing you can do here"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(night: Story, save: Path, line: str, said: str) -> None:
    """One line that says why; nothing is recorded; no control character comes back."""
    out = played(night, save, "1", line)
    assert said in out
    assert "\x1b" not in out
    assert save.read_bytes().count(b"\n") == 2


def test_the_end_of_the_input_leaves_a_resumable_save(night: Story, save: Path) -> None:
    """The night stops where the lines stop, and goes on from there."""
    assert "goes on" in played(night, save, "1", "a")
    with Save.open(save, night) as again:
        assert again.game.state.hands == ("star",)


class Meddler(io.StringIO):
    """Types lines, and cuts off the save before the second."""

    def __init__(self, path: Path, lines: str) -> None:
        super().__init__(lines)
        self.path = path
        self.asked = 0

    def readline(self, size: int = -1) -> str:  # type: ignore[override]
        self.asked += 1
        if self.asked == 2:
            self.path.write_bytes(self.path.read_bytes()[:-9])
        return super().readline(size)


def test_a_save_that_something_else_changes_is_said_under_the_page(night: Story, save: Path) -> None:
    """Once, and where the night goes on."""
    out = io.StringIO()
    with Save.create(night, save, seed=1) as played_on:
        Plain(played_on, Meddler(save, "1\n1\n"), out).play()
    assert out.getvalue().count("night-1.eternal was changed or taken away by something else; it has been written anew") == 1
    with Save.open(save, night) as again:
        assert len(again.game.actions) == 2


@pytest.mark.parametrize("last", ["", "quit\n", "save\n"])
def test_a_night_that_is_said_to_be_kept_is(night: Story, save: Path, last: str) -> None:
    """The save is cut off after the last action: it is whole again before anything is said of it."""
    out = io.StringIO()
    with Save.create(night, save, seed=1) as played_on:
        Plain(played_on, Meddler(save, f"1\n{last}"), out).play()
        assert len(parse(save.read_bytes(), "x").records) == 1
    said = [line for line in out.getvalue().splitlines() if "night-1.eternal" in line]
    assert said[0] == "night-1.eternal was changed or taken away by something else; it has been written anew"
    assert set(said[1:]) == {f"This night is kept; 'eternal play {night.pack} --save {save}' goes on."}


def test_an_ending_sets_the_kept_words(night: Story, save: Path) -> None:
    """The lines of what was kept are the last thing read."""
    out = played(night, save, "1", "1", "flee 1", "a", "hide a", "2", "1")
    assert out.rstrip().endswith("    Snow on the sea.")


def test_wrapping_counts_columns_not_characters() -> None:
    """Wide characters take two columns; no line is wider than asked."""
    assert list(wrap("雪 雪 雪 雪", 5)) == ["雪 雪", "雪 雪"]
    assert list(wrap("one two three", 7)) == ["one two", "three"]


def run(args: list[str], home: Path, typed: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "ETERNAL_HOME": str(home)}
    return subprocess.run([sys.executable, "-m", "eternal", *args], input=typed, capture_output=True, text=True, env=env, check=False)


def test_without_a_terminal_the_plain_face_plays_by_itself(tmp_path: Path) -> None:
    """Pipes get lines; the night is saved, and --continue goes on with it."""
    pack = str(PACKS / "night")
    first = run(["play", pack, "--seed", "1"], tmp_path, "1\n1\n")
    assert first.returncode == 0
    assert "You hear a voice." in first.stdout
    again = run(["play", pack, "--continue"], tmp_path, "flee\n")
    assert "flee 1" in again.stdout
    assert len(list((tmp_path / "saves").glob("*.eternal"))) == 1


def test_textual_is_never_imported_without_a_terminal(tmp_path: Path) -> None:
    """`import eternal`, --version, --help, check, replay --verify and --plain do without Textual."""
    pack = str(PACKS / "night")
    run(["play", pack, "--save", str(tmp_path / "n.eternal")], tmp_path, "1\n1\n")
    for args in (["--version"], ["--help"], ["check", pack], ["play", pack, "--plain"], ["schema"], ["saves"],
                 ["replay", str(tmp_path / "n.eternal"), "--pack", pack, "--verify"]):  # fmt: skip
        code = (
            f"import sys; sys.argv[1:] = {args!r}\nimport eternal\nfrom eternal.cli import main\ncode = main()\n"
            "assert not any(name.partition('.')[0] == 'textual' for name in sys.modules), 'textual was imported'\nsys.exit(code)"
        )
        env = {**os.environ, "ETERNAL_HOME": str(tmp_path)}
        done = subprocess.run([sys.executable, "-c", code], input="", capture_output=True, text=True, env=env, check=False)
        assert done.returncode == 0, (args, done.stderr)


def test_a_page_is_not_read_twice(night: Story, save: Path) -> None:
    """Who keeps a word stays on the page: what it says is not said again, and the words that are left are named by their new letters."""
    out = played(night, save, "1", "a", "quit")
    assert out.count("== The river · January 2004 ==") == 1
    assert out.count("Ice, and a star named after a dentist") == 1
    assert "* in hand: A star named after a dentist.\n1. Wake up a little." in out
    assert "Words to keep: a “one glove”. 1 of 2 in hand." in out


def test_what_is_new_on_a_page_is_read(night: Story, save: Path) -> None:
    """The answer to a choice that stays, and what has changed of the page; looking again and taking back read all of it."""
    out = played(night, save, "1", "1", "1", "look", "back", "quit")
    assert out.count("You hear a voice.") == 2  # the first answer, and the page taken back to: the second time it says nothing new
    assert out.count("Ice, and a star named after a dentist") == 2
    assert out.count("Something cold.") == 2
