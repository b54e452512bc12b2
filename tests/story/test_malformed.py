"""No story hurts: whatever it is made of, it ends in located lines, soon, in little memory, without a traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.story.malformed import GOOD, TEXTS
from tests.story.malformed_packs import PACKS

ROOT = Path(__file__).parents[2]
HOSTILE = TEXTS | PACKS
#: What no input may take more of: far from what any does, so that a machine that has others to serve does not fail, but a bomb does.
MEGABYTES, SECONDS = 150, 3

#: `file: error[E011]: …` or `file:line:column: …`, on one line that a terminal can be given.
HEADLINE = re.compile(r"[^\x00-\x1f\x7f-\x9f]+?(:\d+:\d+)?: error\[(E\d{3})\]: [^\x00-\x1f\x7f-\x9f]+")

#: What is wrong with a file or a pack as a whole has no line.
WHOLE = {"E001", "E002", "E011", "E013", "E099"}


class Examine(Protocol):
    """Asks the process apart what it makes of a pack."""

    def __call__(self, path: Path) -> dict[str, Any]: ...


@pytest.fixture(scope="module")
def examine() -> Iterator[Examine]:
    """Start the process that examines packs, each in a child of its own, and measures them."""
    command = [sys.executable, "-m", "tests.story.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ask, answers = process.stdin, process.stdout

        def examine(path: Path) -> dict[str, Any]:
            print(path, file=ask, flush=True)
            found: dict[str, Any] = json.loads(answers.readline())
            return found

        yield examine
        ask.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_malformed_story_gives_located_errors(name: str, examine: Examine, tmp_path: Path) -> None:
    """It is refused with its code, each mistake is one line with a place, and nothing else is written."""
    case = HOSTILE[name]
    found = examine(case.build(tmp_path))
    print(f"{name}: {found['seconds']:.3f} s, {found['megabytes']:.0f} MB, {len(found['headlines'])} lines")
    assert found["stderr"] == ""
    assert found["exit"] == 1
    matches = [HEADLINE.fullmatch(line) for line in found["headlines"]]
    assert all(matches), found["headlines"]
    assert case.code in {match.group(2) for match in matches if match}
    assert all(match.group(1) or match.group(2) in WHOLE for match in matches if match)
    assert found["megabytes"] < MEGABYTES
    assert found["seconds"] < SECONDS


def test_a_good_story_passes_the_same_way(examine: Examine, tmp_path: Path) -> None:
    """The process that refuses all of those takes a story without a mistake."""
    (tmp_path / "story.yaml").write_text(GOOD)
    assert examine(tmp_path) | {"seconds": 0, "megabytes": 0} == {
        "exit": 0, "seconds": 0, "megabytes": 0, "headlines": [], "stderr": "",
    }  # fmt: skip


def test_there_are_enough_kinds() -> None:
    """Fifty at least."""
    assert len(HOSTILE) >= 50
