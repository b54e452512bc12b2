"""The way into the terminal face. Light: Textual is imported when there is something to show."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from eternal.story.story import Story

if TYPE_CHECKING:
    from eternal.saves.save import Save, SaveStopped
    from eternal.tui.stage import Stage

__all__ = ["keep_title", "run", "watch_replay"]


def run(
    story: Story, *, seed: int | None = None, mode: Literal["ask", "new", "continue"] = "ask", save: Path | None = None,
    locale: str | None = None,
) -> int:  # fmt: skip
    """Play a story in the terminal.

    Args:
        story: the story.
        seed: the seed of a new night; chance decides without it.
        mode: `ask` shows the title, `new` begins a night, `continue` takes up the latest.
        save: a night to play on; one that does not exist is begun there.
        locale: the language to tell it in.

    Returns:
        The exit code: 0, or 128 and the number of the signal that ended it.

    Raises:
        SaveError: `save` cannot be opened.
    """
    opened, stopped = _named(story, save, seed, locale) if save is not None else (None, None)
    gc.disable()  # until the first frame stands (`warming.warm`)
    from eternal.tui.process import hold, modes_now, play

    modes, painted = modes_now(), False
    if mode == "ask" and save is None:
        from eternal.tui.first_frame import paint

        painted = paint(story, locale, before=lambda: hold(modes))

    def make() -> Stage:
        from eternal.tui.stage import Stage

        return Stage(story, seed=seed, mode=mode, save=opened, stopped=stopped, painted=painted, locale=locale)

    return play(make, modes)


def keep_title(story: Story, locale: str) -> None:
    """Keep the title as it looks now: the next time it is on the screen before the story is loaded."""
    from eternal.tui.first_frame import keep

    keep(story, locale)


def watch_replay(story: Story, path: Path, speed: float = 1.0, until: int | None = None, locale: str | None = None) -> int:
    """Watch a night in the terminal.

    Args:
        story: the story.
        path: the save.
        speed: how fast; 1 is reading pace.
        until: the step at which it stops.
        locale: the language to tell it in.

    Returns:
        The exit code.

    Raises:
        SaveError: the save cannot be read.
    """
    from eternal.saves.save import folded_save
    from eternal.tui.process import modes_now, play

    folded = folded_save(path, story)
    note = folded.stop.message if folded.stop else ""
    folded.game.locale = locale

    def make() -> Stage:
        from eternal.tui.screens.cinema import CinemaScreen
        from eternal.tui.stage import Stage

        return Stage(story, film=CinemaScreen(folded.game, speed=speed, until=until, note=note), locale=locale)

    return play(make, modes_now())


def _named(story: Story, path: Path, seed: int | None, locale: str | None) -> tuple[Save | None, SaveStopped | None]:
    """Open a night, or begin one there; if the story of today stops it, return how far it went."""
    from eternal.saves.save import Save, SaveStopped

    try:
        return (Save.open(path, story) if path.exists() else _new(story, path, seed, locale)), None
    except SaveStopped as stopped:
        return None, stopped


def _new(story: Story, path: Path, seed: int | None, locale: str | None) -> Save:
    """Begin a night in a file of the player's choosing."""
    import secrets

    from eternal.saves.profile import read_profile
    from eternal.saves.save import Save

    number = seed if seed is not None else secrets.randbelow(2**31)
    return Save.create(story, path, seed=number, past=read_profile().past(story.id), locale=locale or story.header.language)
