"""Whether each save of a folder still ends where it says."""

from __future__ import annotations

import re
from pathlib import Path

from eternal.author.prove.finding import Finding
from eternal.saves.errors import SaveError
from eternal.saves.replay import verify
from eternal.saves.save import SUFFIX, folded_save
from eternal.story.story import Story

__all__ = ["saves_in", "stored"]


def saves_in(folder: Path) -> list[Path]:
    """Return the saves of a folder, by name."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def stored(story: Story, path: Path) -> Finding:
    """Return what is known of a save: witnessed if it verifies and stands in the ending that its name begins with."""
    try:
        verdict = verify(path, story)
        game = folded_save(path, story).game
    except SaveError as error:
        return Finding(claim="save", about=path.name, verdict="refuted", how=error.message, file=str(path))
    named = named_ending(story, path)
    if verdict.well and named is not None and game.state.scene != named:
        how = f"it ends in {game.state.scene!r}, not in {named!r}"
        return Finding(claim="save", about=path.name, verdict="refuted", how=how, file=str(path))
    how = verdict.message.partition(": ")[2]
    return Finding(claim="save", about=path.name, verdict="witnessed" if verdict.well else "refuted", how=how, file=str(path))


def named_ending(story: Story, path: Path) -> str | None:
    """Return the ending that a save's name says it reaches: `return.eternal`, `return-2.eternal`; None if it names none."""
    name = path.name.removesuffix(SUFFIX)
    endings = {scene.id for scene in story.scenes.values() if scene.kind == "ending"}
    return next((found for found in (name, re.sub(r"[-_. ]*\d+$", "", name)) if found in endings), None)
