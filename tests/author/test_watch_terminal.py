"""`eternal watch` on a real terminal, beside a real editor's writes: every wait is for what the screen shows."""

from __future__ import annotations

import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from eternal.engine.actions import Choose
from eternal.saves.save import read_save
from tests.author.desk import copied, edit
from tests.tui.terminal import Terminal


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Cloak, to be edited."""
    return copied("cloak", tmp_path / "cloak")


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["80x24", "120x40"])
def bench(pack: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """The window, with the first page in it."""
    window = Terminal(tmp_path / "home", "watch", str(pack), "--save", str(tmp_path / "night.eternal"), size=request.param)
    window.wait("A grand hall")
    yield window
    window.game.close(force=True)


def written_by_vim(pack: Path, file: str, old: str, new: str) -> None:
    """Change a file as vim does: the old one is moved aside, a new one is written in its place, the old one goes."""
    path, aside = pack / file, pack / f"{file}~"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.rename(aside)
    path.write_text(text.replace(old, new), encoding="utf-8")
    aside.unlink()


def written_beside(pack: Path, file: str, old: str, new: str) -> None:
    """Change a file as many editors do: a new one is written beside it and put in its place."""
    path, beside = pack / file, pack / f".{file}.tmp"
    text = path.read_text(encoding="utf-8")
    assert old in text
    beside.write_text(text.replace(old, new), encoding="utf-8")
    beside.replace(path)


def left(bench: Terminal) -> None:
    """Leave the window, and find the terminal as it was."""
    bench.game.send("q")
    assert bench.end() < 10
    assert bench.game.exitstatus == 0
    assert termios.tcgetattr(bench.game.child_fd) == bench.modes


def test_a_story_is_changed_broken_and_mended_under_the_player(bench: Terminal, pack: Path, tmp_path: Path) -> None:
    """However the editor saves, the page is the new one at the same place; a mistake is shown with its line, and goes."""
    bench.send("3", "walls were once lined with hooks")
    edit(pack, "opera.yaml", ("were once lined with hooks", "are lined with antlers"))
    bench.wait("walls are lined with antlers")
    written_by_vim(pack, "opera.yaml", "lined with antlers", "lined with paper")
    bench.wait("walls are lined with paper")
    written_beside(pack, "opera.yaml", "lined with paper", "lined with felt")
    bench.wait("walls are lined with felt")
    edit(pack, "opera.yaml", ("to: won", "to: wonn"))
    bench.wait("error[E012]")
    assert "the last good story goes on" in bench.text
    bench.send("1", "The hook takes it.")
    edit(pack, "opera.yaml", ("to: wonn", "to: won"))
    bench.wait_until_gone("error[E012]")
    assert "The hook takes it." in bench.text
    left(bench)
    assert [record.action for record in read_save(tmp_path / "night.eternal").records] == [Choose("west"), Choose("hang")]


def test_ground_that_goes_is_said_and_a_rename_is_followed(bench: Terminal, pack: Path) -> None:
    """The scene one stands in is renamed: without `formerly` the step is named, with it nothing is lost."""
    bench.send("3", "walls were once lined with hooks")
    bench.send("1", "The hook takes it.")
    edit(pack, "opera.yaml", ("id: cloakroom", "id: wardrobe"), ("to: cloakroom", "to: wardrobe"))
    bench.wait("step 2 (choose hang in cloakroom) is no longer possible")
    edit(pack, "opera.yaml", ("id: wardrobe", "id: wardrobe\nformerly: [cloakroom]"))
    bench.wait("2 steps done again")
    assert "The hook takes it." in bench.text
    left(bench)


def test_what_no_player_can_do_marks_the_night(bench: Terminal, pack: Path, tmp_path: Path) -> None:
    """A jump and a value: the file they go into is no save to `play` and `replay`, whatever it is called."""
    bench.send("3", "walls were once lined with hooks")
    bench.send("3", "A grand hall")  # east
    bench.send("j", "Jump to which scene?")
    bench.send("foyer bar", "bar · Foyer bar · waking")
    bench.send("\r", "It is pitch dark")
    bench.send("v", "Set which variable?")
    bench.send("cloak", "cloak = worn")
    bench.send("\r", "cloak =")
    bench.send("hung", "hung")
    bench.send("\r", "The bar is rough and empty")
    assert "MARKED" in bench.text
    left(bench)
    marked = tmp_path / "night.bench"
    for name in ("night.bench", "honest.eternal"):
        (tmp_path / name).write_bytes(marked.read_bytes())
        for command in (("replay", "--pack", str(pack), "--verify"), ("play", str(pack), "--plain", "--save")):
            done = subprocess.run(
                [sys.executable, "-m", "eternal", *command, str(tmp_path / name)],
                capture_output=True,
                text=True,
                stdin=subprocess.DEVNULL,
                check=False,
            )
            assert (done.returncode, done.stderr) == (1, f"eternal: {name}: the first line is not the header of a save\n")
    verified = [sys.executable, "-m", "eternal", "replay", "--pack", str(pack), "--verify", str(tmp_path / "night.eternal")]
    assert subprocess.run(verified, capture_output=True, text=True, check=True).stdout == "night.eternal: 2 steps verified, to 'foyer'\n"
