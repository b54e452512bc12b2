"""What a command does not need, it does not import: whoever asks for a version waits for no terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PACKS

#: Runs the command line, and says on its last line what of the expensive packages was imported on the way.
_RUN = (
    "import sys; from eternal.cli import main; code = main();"
    "print(sorted({name.partition('.')[0] for name in sys.modules} & {'textual', 'yaml', 'click', 'msgspec', 'jsonschema', 'babel', 'http'}));"
    "sys.exit(code)"
)


def imported(home: Path, *args: str) -> set[str]:
    """Run a command, and return which of the expensive packages it imported."""
    env = {**os.environ, "ETERNAL_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", _RUN, *args], capture_output=True, text=True, input="1\nquit\n", env=env, check=True)
    return {word.strip("'") for word in done.stdout.splitlines()[-1].strip("[]").split(", ") if word}


@pytest.mark.parametrize(
    "args",
    [
        ["--version"],
        ["check", str(PACKS / "night")],
        ["play", "--plain", "--new"],
        ["--help"],
        ["saves"],
        ["schema"],
        ["stats", str(PACKS / "night")],
    ],
    ids=lambda args: args[0],
)
def test_no_command_without_a_screen_imports_textual(tmp_path: Path, args: list[str]) -> None:
    """Version, help, check, saves, and the plain face."""
    assert "textual" not in imported(tmp_path, *args)


def test_verifying_a_night_imports_no_textual(tmp_path: Path) -> None:
    """A replay that is only verified needs no screen."""
    imported(tmp_path, "play", "--plain", "--new")
    assert "textual" not in imported(tmp_path, "replay", "night-1", "--verify")


def test_checking_imports_nothing_of_the_network(tmp_path: Path) -> None:
    """An author checks after every sentence: what draws stories escapes text without a library that fetches pages."""
    assert "http" not in imported(tmp_path, "check", str(PACKS / "night"))


def test_the_version_needs_nothing(tmp_path: Path) -> None:
    """Not even click."""
    assert imported(tmp_path, "--version") == set()


def test_a_story_from_the_cache_needs_no_yaml(tmp_path: Path) -> None:
    """The second start reads no story, and imports nothing that would."""
    assert "yaml" in imported(tmp_path, "play", "--plain", "--new")
    assert "yaml" not in imported(tmp_path, "play", "--plain", "--new")
