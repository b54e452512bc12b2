"""A save played again without touching it: to look at it, or to verify every step against the digest that was recorded."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from eternal.safety import clean_name
from eternal.saves.disk import DISK, Disk
from eternal.saves.fold import Folded, fold
from eternal.saves.save import check_story, folded_save, read_save
from eternal.speech import _
from eternal.story.load import load
from eternal.story.story import Story

__all__ = ["Verdict", "replay", "verify"]


def replay(path: str | Path, story: Story | None = None, until: int | None = None) -> Folded:
    """Play a save again. Nothing is locked and nothing written; on an edited story it goes as far as that allows.

    Args:
        path: the save.
        story: the story it is a night of; by default the one that comes with the package.
        until: play no more than so many actions.

    Returns:
        The night: `game.states` and `game.actions` step by step, with `stop` and `diverged` saying what no longer fits.

    Raises:
        SaveError: it cannot be read, is damaged, or belongs to another story.
    """
    return folded_save(Path(path), story if story is not None else load(), until=until)


class Verdict(Struct, frozen=True):
    """What verifying found: whether all is well, and one line that says so."""

    well: bool
    message: str


def verify(path: Path, story: Story, until: int | None = None, disk: Disk = DISK) -> Verdict:
    """Play a save's steps and name the first that the story refuses or that leads elsewhere.

    On a story that was edited since, states may rightly differ: then only refusals count, and the verdict says so.

    Raises:
        SaveError: the save cannot be read, is damaged, or belongs to another story.
    """
    parsed = read_save(path, disk)
    check_story(path, story, parsed)
    folded = fold(story, parsed.header, parsed.records, until)
    name, steps = clean_name(path.name), len(folded.game.actions)
    if folded.stop is not None:
        return Verdict(well=False, message=f"{name}: {folded.stop.message}")
    place = folded.game.state.scene
    end = _("the ending {scene!r}").format(scene=place) if folded.game.is_over else repr(place)
    torn = _("; the last {bytes} bytes are damaged and were left out").format(bytes=parsed.torn) if parsed.torn else ""
    if folded.diverged is None:
        return Verdict(well=True, message=_("{name}: {count} steps verified, to {end}").format(name=name, count=steps, end=end) + torn)
    record = parsed.records[folded.diverged - 1]
    where = _("step {number} ({what} in {scene})").format(number=folded.diverged, what=record.what, scene=record.scene)
    if folded.same_story:
        said = _("{name}: {step} leads to another state than was recorded")
        return Verdict(well=False, message=said.format(name=name, step=where))
    said = _("{name}: {count} steps possible, to {end}, on an edited story; states differ from {step} on")
    return Verdict(well=True, message=said.format(name=name, count=steps, end=end, step=where) + torn)
