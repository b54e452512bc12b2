"""The command line: exit codes, one-line errors, output that other tools rely on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from eternal.saves.format import seal
from tests.conftest import PACKS

NIGHT = str(PACKS / "night")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "player"


def eternal(home: Path, *args: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    env = {**os.environ, "ETERNAL_HOME": str(home)}
    return subprocess.run([sys.executable, "-m", "eternal", *args], input=typed, capture_output=True, text=True, env=env, check=False)


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--version"], 0, ""),
        (["nonsense"], 2, "No such command"),
        (["play", "--seed", "-1"], 2, "-1"),
        (["play", NIGHT, "--new", "--continue"], 2, "exclude each other"),
        (["play", "no-such-folder"], 1, "no-such-folder: error[E011]: there is no such folder or file"),
        (["replay", "no-such-save"], 1, "there is no save 'no-such-save'"),
        (["saves", "show", "../nothing/like-it"], 1, "there is no save"),
        (["check", "no\x1bsuch"], 1, "E011"),
    ],
)
def test_errors_are_one_line_on_stderr_with_the_right_code(home: Path, args: list[str], code: int, said: str) -> None:
    """0 well, 1 errors of a story or save, 2 a wrong command line; never a traceback, never a control character."""
    done = eternal(home, *args)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line != "1 error"]
    assert len(lines) == (1 if code else 0)


@pytest.mark.parametrize(("command", "extra"), [("locale check", "author"), ("serve", "web")])
def test_a_missing_extra_is_named(home: Path, tmp_path: Path, command: str, extra: str) -> None:
    """Where an optional package is not installed, one line says what to install."""
    for name in ("babel", "textual_serve"):
        (tmp_path / f"{name}.py").write_text(f"raise ModuleNotFoundError('missing', name={name!r})\n")
    env = {**os.environ, "ETERNAL_HOME": str(home), "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-m", "eternal", *command.split()], capture_output=True, text=True, env=env, check=False)
    assert (done.returncode, done.stderr) == (1, f"eternal: this command needs the extra '{extra}': pip install 'eternal[{extra}]'\n")


def test_saves_are_listed_shown_renamed_and_deleted(home: Path) -> None:
    """Every verb of `eternal saves`, on a night that was played."""
    eternal(home, "play", NIGHT, "--seed", "1", typed="1\na\n")
    listed = json.loads(eternal(home, "saves", "--json").stdout)
    assert [(night["name"], night["actions"]) for night in listed] == [("night-1", 2)]
    assert eternal(home, "saves", "rename", "night-1", "the river").returncode == 0
    assert json.loads(eternal(home, "saves", "show", "the river", "--json").stdout)["story"] == "night"
    assert eternal(home, "saves", "rename", "the river", "../out").returncode == 1
    assert eternal(home, "saves", "delete", "the river").stdout == "deleted the river\n"
    assert eternal(home, "saves").stdout == "No night has been saved yet.\n"
    assert eternal(home, "saves", "path").stdout == f"{home / 'saves'}\n"


def test_a_night_is_verified_and_read_again(home: Path, tmp_path: Path) -> None:
    """`replay --verify` counts the steps, `replay --plain` prints the pages with what was done on them."""
    save = str(tmp_path / "n.eternal")
    eternal(home, "play", NIGHT, "--save", save, typed="1\na\n1\nflee 1\n")
    verified = eternal(home, "replay", save, "--pack", NIGHT, "--verify")
    assert verified.stdout == "n.eternal: 4 steps verified, to 'shore'\n"
    read = eternal(home, "replay", save, "--pack", NIGHT, "--plain").stdout
    assert "> You keep: A star named after a dentist." in read
    assert "> Run, along the snow, to The shore." in read
    short = eternal(home, "replay", save, "--pack", NIGHT, "--plain", "--until", "1").stdout
    assert "> You keep" not in short


def test_a_changed_line_fails_verification(home: Path, tmp_path: Path) -> None:
    """A line that is not what its checksum says: exit code 1, and the line is named."""
    save = tmp_path / "n.eternal"
    eternal(home, "play", NIGHT, "--save", str(save), typed="1\n1\n")
    save.write_bytes(save.read_bytes().replace(b'"n":1', b'"n":7'))
    done = eternal(home, "replay", str(save), "--pack", NIGHT, "--verify")
    assert done.returncode == 1
    assert "line 2 is damaged" in done.stderr


def test_another_state_than_was_recorded_fails_verification(home: Path, tmp_path: Path) -> None:
    """A sound line with the digest of some other state: exit code 1, and the step is named."""
    save = tmp_path / "n.eternal"
    eternal(home, "play", NIGHT, "--save", str(save), typed="1\n1\n")
    header, first, second = save.read_bytes().splitlines(keepends=True)
    fields = {name: value for name, value in json.loads(second).items() if name != "sum"}
    save.write_bytes(header + first + seal(json.dumps(fields | {"state": "0" * 12}, separators=(",", ":")).encode()))
    done = eternal(home, "replay", str(save), "--pack", NIGHT, "--verify")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "n.eternal: step 2 (choose wake in river) leads to another state than was recorded\n"


def test_an_export_is_silent_unless_something_was_cut_off(home: Path, tmp_path: Path) -> None:
    """`replay --to` says nothing when all was told; on an edited story it says at which step it ends, and exits 1."""
    save, story = tmp_path / "n.eternal", tmp_path / "night"
    shutil.copytree(NIGHT, story)
    eternal(home, "play", str(story), "--save", str(save), typed="1\n1\n")
    done = eternal(home, "replay", str(save), "--pack", str(story), "--to", str(tmp_path / "n.md"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    memories = story / "memories.yaml"
    memories.write_text(memories.read_text().replace("id: wake,", "id: woken,"))
    (story / "story.yaml").write_text((story / "story.yaml").read_text().replace("'wake'", "'woken'"))
    done = eternal(home, "replay", str(save), "--pack", str(story), "--to", str(tmp_path / "n.md"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("eternal: n.eternal: step 2 (choose wake in river) is no longer possible")


def test_check_says_all_is_well_or_where_it_is_not(home: Path, tmp_path: Path) -> None:
    """Exit 0 on a sound pack; 1, located, on one with a mistake."""
    assert eternal(home, "check", NIGHT).returncode == 0
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "story.yaml").write_text("id: b\ntitle: B\nstart: nowhere\n")
    done = eternal(home, "check", str(broken))
    assert done.returncode == 1
    assert "story.yaml:3:8: error[E012]: no scene 'nowhere'" in done.stderr


def test_a_reader_that_goes_away_is_no_error(home: Path) -> None:
    """`eternal … | head -1` ends quietly."""
    env = {**os.environ, "ETERNAL_HOME": str(home)}
    command = f"{sys.executable} -m eternal schema | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, env=env, check=False)
    assert done.stdout == "{\n"
    assert done.stderr == ""
