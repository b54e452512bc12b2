"""Playing, once the words of the command line are understood: which story, in which language, on which face."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Literal

from eternal.story.story import Story

__all__ = ["has_terminal", "play", "play_shipped"]


def play(
    story: Story, *, language: str, seed: int | None = None, mode: Literal["ask", "new", "continue"] = "ask", save: Path | None = None,
    plain: bool = False,
) -> int:  # fmt: skip
    """Play a story: in the terminal where there is one, line by line where there is none or that is wished.

    Args:
        story: the story.
        language: what it is told in.
        seed: the seed of a new night.
        mode: whether to begin, to go on, or to ask.
        save: a night to play on, or to begin there.
        plain: whether to play line by line in any case.

    Returns:
        The exit code.
    """
    if plain or not has_terminal():
        gc.enable()
        from eternal.plain.play import run as run_plain

        return run_plain(story, seed=seed, mode=mode, save=save, locale=language)
    from eternal.tui.app import run as run_tui

    return run_tui(story, seed=seed, mode=mode, save=save, locale=language)


def play_shipped() -> int:
    """Play the story that comes with the package, as nobody said otherwise: no words, and so nothing that understands them."""
    from eternal.story.load import SHIPPED, load
    from eternal.tui import glimpse

    try:
        story = load(SHIPPED)
        code = play(story, language=_spoken(story))
    finally:
        glimpse.drop()
    if has_terminal():
        from eternal.tui.app import keep_title

        keep_title(story, _spoken(story))
    return code


def _spoken(story: Story) -> str:
    """Speak the language that the player has set, or else the system's, and return it."""
    from eternal import speech
    from eternal.story.languages import pick
    from eternal.tui.settings import read_settings

    language = pick(story, ("", read_settings().language), os.environ)
    speech.speak(language)
    return language


def has_terminal() -> bool:
    """Tell whether both ends are a terminal that can place a cursor and show every letter, or a browser stands in (`eternal serve`)."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return True
    both = sys.stdin.isatty() and sys.stdout.isatty()
    return both and sys.stdout.encoding.lower() == "utf-8" and os.environ.get("TERM", "") not in ("", "dumb")
