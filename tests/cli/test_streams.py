"""Output that cannot go where it should: a full disk, a closed stream, a reader that leaves, a name with a line break."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.conftest import PACKS

COMMANDS = ["check", "check --format json", "graph", "stats --json", "diff {pack}", "schema", "playtest --runs 1"]


def shell(tmp_path: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which `eternal` is ours."""
    line = f'set -o pipefail; eternal() {{ {sys.executable} -m eternal "$@"; }}; {command}'
    env = {**os.environ, "ETERNAL_HOME": str(tmp_path / "home")}
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=env, check=False)


def on_cloak(command: str) -> str:
    """Return the command line of a command, on a story without mistakes."""
    pack = str(PACKS / "cloak")
    name, *options = command.format(pack=pack).split()
    return " ".join(["eternal", name, *([] if name == "schema" else [pack]), *options])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_one_line(tmp_path: Path, command: str) -> None:
    """No traceback and no internal error: what could not be written, and why."""
    done = shell(tmp_path, f"{on_cloak(command)} > /dev/full")
    assert (done.returncode, done.stderr) == (1, "eternal: the output cannot be written: no space left on device\n")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_error(tmp_path: Path, command: str, closed: str) -> None:
    """Who closes it does not want to know; the exit code still tells."""
    done = shell(tmp_path, f"{on_cloak(command)} {closed}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_never_reads_is_no_error(tmp_path: Path, command: str) -> None:
    """`eternal … | true` ends quietly, and well."""
    done = shell(tmp_path, f"{on_cloak(command)} | true")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_with_a_line_break_stays_one_line(tmp_path: Path) -> None:
    """Of a file with a mistake, and of a story that is written."""
    strange = tmp_path / "a\nb\t\x1b[31mc"
    written = shell(tmp_path, f"eternal new '{strange}'")
    assert written.returncode == 0
    assert len(written.stdout.splitlines()) == len([file for file in strange.rglob("*") if file.is_file()]) + 1
    assert "\x1b" not in written.stdout
    (strange / "story.yaml").write_text("id: a\n", encoding="utf-8")
    first, *_ = shell(tmp_path, f"eternal check '{strange}'").stderr.splitlines()
    assert "/story.yaml:1:1: error[E021]" in first


@pytest.mark.parametrize("command", ["--version", "-V"])
def test_the_version_on_a_full_disk_is_one_line(tmp_path: Path, command: str) -> None:
    """The shortest way through the program ends like every other."""
    done = shell(tmp_path, f"eternal {command} > /dev/full")
    assert (done.returncode, done.stderr) == (1, "eternal: the output cannot be written: no space left on device\n")


def test_a_terminal_that_lacks_characters_gets_question_marks(tmp_path: Path) -> None:
    """Where the encoding knows no curly quotes or the input is not of it, the game goes on."""
    pack = PACKS / "cloak"
    told = shell(tmp_path, f"printf '\\xff\\n1\\nquit\\n' | PYTHONIOENCODING=ascii eternal play {pack} --plain --new")
    assert (told.returncode, told.stderr) == (0, "")
    read = shell(tmp_path, f"printf '\\xff\\n1\\nquit\\n' | PYTHONIOENCODING=utf-8 eternal play {pack} --plain --new")
    assert (read.returncode, read.stderr) == (0, "")
    assert "is nothing you can do here" in read.stdout


def test_a_command_that_needs_another_shows_its_help(tmp_path: Path) -> None:
    """`eternal locale` alone lists what can follow, as lines, and exits 2."""
    done = shell(tmp_path, "eternal locale")
    assert done.returncode == 2
    assert {"extract", "update", "check"} <= {line.split()[0] for line in done.stderr.splitlines() if line.startswith("  ")}


def test_a_terminal_gets_lines_that_fit_and_a_program_gets_them_whole(tmp_path: Path) -> None:
    """On 40 columns nothing is wider, and nothing is lost; through a pipe a line is a line."""
    old = PACKS / "night"
    for command in (f"stats {old} --vars", f"graph {old} --motifs"):
        piped = shell(tmp_path, f"eternal {command}").stdout
        game = pexpect.spawn(
            sys.executable,
            ["-m", "eternal", *command.split()],
            env={**os.environ, "COLUMNS": "40"},
            dimensions=(24, 40),
            encoding="utf-8",
            timeout=60,
        )
        shown = game.read().replace("\r\n", "\n")
        game.close()
        assert max(map(len, piped.splitlines())) > 40
        assert max(map(len, shown.splitlines())) <= 40
        assert re.sub(r"[\s│]+", "", shown) == re.sub(r"[\s│]+", "", piped)
