"""What the tests of the author's commands share: the command line in this process, small edits of packs, nights to save."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from msgspec import Struct

from eternal.author.playtest.night import Table
from eternal.author.playtest.tally import Tally
from eternal.author.playtest.tempers import TEMPERS
from eternal.cli.group import run
from eternal.engine.actions import Choose, Keep
from eternal.saves.save import Save
from eternal.story.load import load
from eternal.story.story import Story
from tests.conftest import PACKS

__all__ = ["Said", "copied", "edit", "eternal", "played", "saved"]


class Said(Struct):
    """What a command printed and returned."""

    code: int
    out: str
    err: str


def eternal(capfdbinary: pytest.CaptureFixture[bytes], *args: object) -> Said:
    """Run a command in this process."""
    code = run([str(arg) for arg in args])
    out, err = capfdbinary.readouterr()
    return Said(code, out.decode(), err.decode())


def copied(name: str, to: Path) -> Path:
    """Return a copy of a test pack that a test may write to."""
    return Path(shutil.copytree(PACKS / name, to))


def edit(pack: Path, file: str, *changes: tuple[str, str]) -> None:
    """Replace texts in a file of a pack; each must be there."""
    text = (pack / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (pack / file).write_text(text, encoding="utf-8")


def saved(pack: Path, path: Path, acts: Iterable[str]) -> Path:
    """Play choices (`keep ID` keeps a fragment) into a save."""
    with Save.create(load(pack, cached=False), path) as save:
        for act in acts:
            save.game.act(Keep(act.removeprefix("keep ")) if act.startswith("keep ") else Choose(act))
    return path


def played(story: Story, nights: int) -> Tally:
    """Let players who look for what is new, who keep all they can, and who do anything play so many nights each."""
    total = Tally()
    for temper in ("fresh", "greedy", "random"):
        table = Table(story, TEMPERS[temper])
        for seed in range(nights):
            table.play(seed, Random(f"{temper}/{seed}"))
        total.add(table.tally)
    return total
