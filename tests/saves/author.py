"""Saves and an author who edits: every save opens, or stops at a named step with the last good point offered."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from pathlib import Path

from msgspec import Struct

from eternal.engine.digests import digest
from eternal.saves.fold import Folded, fold
from eternal.saves.replay import verify
from eternal.saves.save import Save, SaveStopped, read_save
from eternal.story.story import Story
from tests.saves.edits import BREAKING, EDITS, WORDS, Draft, Unfit
from tests.saves.nights import journal, random_night
from tests.saves.power import Memory

__all__ = ["Tally", "edit_often", "nights_of"]

PATH = Path("/h/night-1.eternal")
_STOPPED = re.compile(r"night-1\.eternal: step (\d+) \((choose|keep|drop|hide|flee|rewind) \S+ in \S+\) is no longer possible: .+")


class Tally(Struct):
    """What came of the edits: by kind, how many; of the saves, how many opened and how many stopped."""

    edits: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    stopped: Counter[str] = Counter()


def nights_of(story: Story, recorded: list[Path], random_nights: int = 6) -> list[bytes]:
    """Return the recorded nights that are possible today, and some random ones."""
    parsed = {path: read_save(path) for path in recorded}
    possible = [path.read_bytes() for path, save in parsed.items() if fold(story, save.header, save.records).stop is None]
    return possible + [journal(random_night(story, seed)) for seed in range(random_nights)]


def edit_often(pack: Path, saves: list[bytes], folder: Path, chance: random.Random, *, edits: int, sample: int) -> Tally:
    """Edit a story so many times, each time from what it is, and open `sample` of the saves on each edition."""
    tally, draft = Tally(Counter(), Counter(), Counter()), Draft(pack)
    while tally.edits.total() < edits:
        edition = draft.copy()
        chosen = chance.choices(list(EDITS), k=chance.choice([1, 1, 1, 2, 3]))
        shutil.rmtree(folder, ignore_errors=True)
        try:
            said = [edit(edition, chance) for edit in chosen]
            story = edition.load(folder)
        except Unfit:
            continue
        worst = max(EDITS[edit] for edit in chosen)
        kind = _kind(said)
        tally.edits.update(_kind([one]) for one in said)
        for data in chance.sample(saves, min(sample, len(saves))):
            stopped = open_on(story, data, said, worst)
            (tally.stopped if stopped else tally.opened)[kind] += 1
    return tally


def _kind(said: list[str]) -> str:
    if len(said) > 1:
        return "several"
    words = said[0].split()
    return " ".join(words[:2]) + (" (undeclared)" if said[0].endswith("saying so") else "")


def open_on(story: Story, data: bytes, said: list[str], worst: int) -> bool:
    """Open a save on an edited story, the worst edit of which may do so much to it. Return whether it stopped."""
    disk = Memory({PATH.parent: None, PATH: data})
    try:
        save = Save.open(PATH, story, disk=disk)
    except SaveStopped as stopped:
        if worst < BREAKING:
            raise AssertionError(said) from stopped
        _check_stop(stopped)
        return _go_on(stopped.folded, disk) and disk.read(PATH, 10**9) == data
    with save:
        assert save.trouble is None
        assert "carried over" in save.notices[0]
        assert worst > WORDS or "keeps what it was" not in save.notices[0], said
    assert verify(PATH, story, disk=disk).well
    with Save.open(PATH, story, disk=disk) as again:
        assert again.notices == []
        assert digest(story, again.game.state) == digest(story, save.game.state)
    return False


def _check_stop(stopped: SaveStopped) -> None:
    """A stop names its step, and holds the night up to there."""
    found = _STOPPED.fullmatch(stopped.message)
    assert found, stopped.message
    assert len(stopped.folded.game.actions) == int(found[1]) - 1


def _go_on(folded: Folded, disk: Memory) -> bool:
    """Go on from the last good point, in a file of its own."""
    path = PATH.with_name(f"night-1-from-{len(folded.game.actions)}.eternal")
    with Save.branch(path, folded, disk) as save:
        assert save.trouble is None
        if save.game.possible():
            save.game.act(save.game.possible()[0])
        elif len(save.game.path()) > 1:  # an ending, or a dead end that the author has made: one can still go back
            save.game.rewind()
        done = len(save.game.actions)
    with Save.open(path, folded.game.story, disk=disk) as again:
        return len(again.game.actions) == done
