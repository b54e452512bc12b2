"""Each trial: what it does to saves, how long, and the figure it prints."""

from __future__ import annotations

import errno
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from eternal.locations import saves_folder, shelf_file
from eternal.saves.nights import latest, nights
from eternal.saves.save import folded_save
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story
from tests.conftest import PACKS
from tests.saves.author import edit_often, nights_of
from tests.saves.damage import flips, look, prefixes, tails
from tests.saves.faults import Moment, Mortal
from tests.saves.killed import kill_once
from tests.saves.nights import journal, random_night
from tests.saves.test_crash import die, doomed, reopen
from tests.saves.test_full_disk import play_through
from tests.saves.test_power import lives
from tests.terminal.resizing import resized

__all__ = ["TRIALS", "Trial"]

#: Takes a folder of its own, a seed, and how much to do (1 is the usual); yields lines to print.
Trial = Callable[[Path, int, float], Iterator[str]]


def _small() -> Story:
    return load(PACKS / "night", cached=False)


def crash(folder: Path, seed: int, much: float) -> Iterator[str]:
    """Kill the process, simulated, at every call of a save's life; and again after an error."""
    story = _small()
    moments: tuple[Moment, ...] = ("before", "half", "after")
    for moment in moments:
        died = 0
        for at in count(1):
            life, has_died = die(story, folder / f"{moment}{at}", Mortal(at, moment))
            reopen(life, story)
            if not has_died:
                break
            died += 1
        yield f"killed {moment} each of {died} calls: {died} of {died} reopen, no acknowledged action lost"
    died = doomed(story, folder / "doomed", random.Random(seed), round(1_000 * much))
    yield f"killed {died:,} times within 25 calls of an error: {died:,} of {died:,} reopen, no acknowledged action lost"


def power(folder: Path, seed: int, much: float) -> Iterator[str]:
    """Cut the power in a model that drops, reorders and tears what was not synced."""
    del folder
    states, different = lives(_small(), seed, cuts=13, errors=round(60 * much))
    yield f"{states:,} states after a power cut, {different:,} of them different: each opens with all that was acknowledged"


def damage(folder: Path, seed: int, much: float) -> Iterator[str]:
    """Damage twenty journals in every way there is."""
    del folder
    small = _small()
    journals = [journal(random_night(small, seed + number, actions=round(14 * much))) for number in range(20)]
    for what, ways in (("flipped bits", flips), ("prefixes", prefixes), ("tails of zeros", tails)):
        found: Counter[str] = Counter()
        for data in journals:
            found.update(look(data, damaged)[0] for damaged in ways(data))
        said = ", ".join(f"{number:,} {how}" for how, number in sorted(found.items()))
        yield f"{found.total():,} {what} of {len(journals)} journals ({sum(map(len, journals)):,} bytes): {said}"
    story = load(SHIPPED, cached=False)
    whole = journal(random_night(story, seed))
    yield f"{len([look(whole, damaged) for damaged in flips(whole)]):,} flipped bits of a whole night of the shipped story: all found"


def disk(folder: Path, seed: int, much: float) -> Iterator[str]:
    """Fail every call of a save's life with every error, once and for ever."""
    del seed, much
    story = _small()
    for error in (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT):
        for for_ever in (False, True):
            calls, told = play_through(story, folder / f"{error}{for_ever}", error, for_ever=for_ever)
            how = "for ever" if for_ever else "once"
            yield f"{errno.errorcode[error]} {how} at each of {calls} calls: played through, {told} times told, saved again once healed"


def kill(folder: Path, seed: int, much: float) -> Iterator[str]:
    """Kill a real game in a real pty, with `kill -9`, at random moments."""
    story, chance = load(SHIPPED), random.Random(seed)
    moments: Counter[str] = Counter()
    night = actions = 0
    for _ in range(round(200 * much)):
        path = folder / f"night-{night}.eternal"
        moment, actions = kill_once(story, SHIPPED, path, chance)
        moments[moment] += 1
        if path.exists() and folded_save(path, story).game.is_over:
            night += 1
    said = ", ".join(f"{number} at {moment}" for moment, number in sorted(moments.items()))
    yield f"{moments.total()} games killed ({said}): all reopen with all that was shown; {night + 1} nights, the last of {actions} actions"


def edits(folder: Path, seed: int, much: float) -> Iterator[str]:
    """Edit the shipped story at random, and open the recorded nights on each edition."""
    recorded = sorted((SHIPPED.parent / "saves").glob("*.eternal"))
    saves = nights_of(load(SHIPPED, cached=False), recorded, random_nights=3)
    tally = edit_often(SHIPPED, saves, folder / "pack", random.Random(seed), edits=round(1_050 * much), sample=len(saves))
    said = f"{tally.opened.total():,} openings, {tally.stopped.total():,} named stops, none of them at words, order or a declared rename"
    yield f"{tally.edits.total():,} edits of the shipped story, on {len(saves)} saves: {said}"
    for kind in sorted(set(tally.opened) | set(tally.stopped)):
        yield f"  {kind:<28} {tally.opened[kind]:>5} opened {tally.stopped[kind]:>5} stopped"


def listing(folder: Path, seed: int, much: float) -> Iterator[str]:
    """List five hundred nights."""
    os.environ["ETERNAL_HOME"] = str(folder / "home")
    story, number = load(SHIPPED), round(500 * much)
    saves_folder().mkdir(parents=True)
    for place in range(number):
        (saves_folder() / f"night-{place}.eternal").write_bytes(journal(random_night(story, seed + place)))
    for what, look_up in (("continued or not", lambda: latest(story)), ("listed", lambda: nights(story))):
        first, after = _took(look_up), _took(look_up)
        yield f"{number} nights {what}: {first:.2f} s the first time, {after:.3f} s after"
        shelf_file().unlink()


def _took(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


#: Every trial by its name, in the order they are run.
def resizes(folder: Path, seed: int, much: float) -> Iterator[str]:
    """Give a game on a real terminal window after window of any size, and compare every cell with a game begun at the last."""
    times = max(1, round(1_000 * much))
    resized(folder / "home", random.Random(seed), times)
    yield f"{times:,} windows of 1 to 220 columns and 1 to 70 rows: the screen is a fresh one's, cell by cell"


TRIALS: dict[str, Trial] = {
    "crash": crash, "power": power, "damage": damage, "disk": disk, "kill": kill, "edits": edits, "listing": listing,
    "resizes": resizes,
}  # fmt: skip
