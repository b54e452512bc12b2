"""The way into the terminal face. Light: Textual is imported when there is something to show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from eternal.story.story import Story

if TYPE_CHECKING:
    from eternal.saves.save import Save
    from eternal.tui.stage import Stage

__all__ = ["run", "watch_replay"]


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
        locale: the language that was asked for; without it the player's setting holds, and then the system's.

    Returns:
        The exit code: 0, or 128 and the number of the signal that ended it.

    Raises:
        SaveError: `save` cannot be opened.
    """
    from eternal.saves.save import Save, SaveStopped

    opened, stopped = None, None
    if save is not None:
        try:
            opened = Save.open(save, story) if save.exists() else _new(story, save, seed)
        except SaveStopped as error:
            stopped = error
    from eternal.tui.process import hold, modes_now, play

    language = _spoken(story, locale)
    modes, painted = modes_now(), False
    if mode == "ask" and save is None:
        from eternal.tui.first_frame import paint

        painted = paint(story, language, before=lambda: hold(modes))

    def make() -> Stage:
        from eternal.tui.stage import Stage

        return Stage(story, seed=seed, mode=mode, save=opened, stopped=stopped, painted=painted, locale=language)

    return play(make, modes)


def watch_replay(story: Story, path: Path, speed: float = 1.0, until: int | None = None, locale: str | None = None) -> int:
    """Watch a night in the terminal.

    Args:
        story: the story.
        path: the save.
        speed: how fast; 1 is reading pace.
        until: the step at which it stops.
        locale: the language that was asked for.

    Returns:
        The exit code.

    Raises:
        SaveError: the save cannot be read.
    """
    from eternal.saves.save import folded_save
    from eternal.tui.process import modes_now, play

    folded = folded_save(path, story)
    note = folded.stop.message if folded.stop else ""
    folded.game.locale = language = _spoken(story, locale)

    def make() -> Stage:
        from eternal.tui.screens.cinema import CinemaScreen
        from eternal.tui.stage import Stage

        return Stage(story, film=CinemaScreen(folded.game, speed=speed, until=until, note=note), locale=language)

    return play(make, modes_now())


def _spoken(story: Story, asked: str | None) -> str:
    """Choose the language, and speak it."""
    import os

    from eternal import speech
    from eternal.story.tongues import pick
    from eternal.tui.settings import read_settings

    language = pick(story, asked or read_settings().language or None, os.environ)
    speech.speak(language)
    return language


def _new(story: Story, path: Path, seed: int | None) -> Save:
    """Begin a night in a file of the player's choosing."""
    import secrets

    from eternal.saves.profile import read_profile
    from eternal.saves.save import Save

    number = seed if seed is not None else secrets.randbelow(2**31)
    return Save.create(story, path, seed=number, past=read_profile().past(story.id))
