"""What docs/json.md promises is what is printed: no field more, none less."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from eternal.locations import saves_folder
from eternal.saves.save import Save
from eternal.story.load import load
from tests.author.desk import eternal
from tests.conftest import PACKS

PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
CLOAK = str(PACKS / "cloak")


def promised(command: str) -> set[str]:
    """Return the fields that the page lists for a command; what begins with … is within one of them."""
    section = next(part for part in PAGE.split("\n## ") if part.startswith(f"`eternal {command}"))
    cells = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize(
    "command",
    [["saves"], ["stats", CLOAK, "--vars"], ["diff", CLOAK, CLOAK, "--saves", "."], ["check", CLOAK, "--format", "json"]],
    ids=lambda command: command[0],
)
def test_the_fields_are_those_of_the_page(
    command: list[str], capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a night in the folder, of a story in numbers, of two versions of one, of its mistakes."""
    monkeypatch.chdir(tmp_path)
    Save.create(load(CLOAK), saves_folder() / "night-1.eternal").close()
    found = json.loads(eternal(capfdbinary, *command, *([] if "--format" in command else ["--json"])).out)
    assert set(found[0] if isinstance(found, list) else found) == promised(command[0])
