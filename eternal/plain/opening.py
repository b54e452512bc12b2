"""Which night is played: a new one, one in a file, the one last played; and what is left of one that an edited story has stopped."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from eternal.safety import clean, clean_name
from eternal.saves.nights import Night, check_folder, latest
from eternal.saves.save import Save, SaveStopped
from eternal.saves.session import begin, branch
from eternal.speech import _
from eternal.story.story import Story

__all__ = ["open_night", "read_line"]

#: What means yes, and what means no, in the languages of the interface; whoever just presses Enter goes on.
_YES = ("", "y", "yes", "c", "có")
_NO = ("n", "no", "new", "k", "không")

#: As much of a line as anybody means.
_MOST = 1_000


def open_night(story: Story, seed: int | None, mode: str, save: Path | None, locale: str | None) -> Save | None:
    """Open the night that was asked for, on standard input and output where a question is left.

    Args:
        story: the story.
        seed: the seed of a new night; None draws one.
        mode: `new`, `continue`, or `ask`: on a terminal an unfinished night is offered, elsewhere a new one begins.
        save: the file to play in instead.
        locale: the language to begin one in.

    Returns:
        The night, or None if the player would rather leave it as it is.

    Raises:
        SaveError: what was asked for cannot be opened.
    """
    if save is not None and save.exists():
        return _go_on(story, save)
    if save is None and (mode == "continue" or (mode == "ask" and seed is None and sys.stdin.isatty())):
        night = latest(story, stopped=True)
        if night is not None and (mode == "continue" or _wants(_unfinished(night))):
            return _go_on(story, night.path)
        if night is None and mode == "continue":
            check_folder()
            print(_("There is no night to go on with; a new one begins."))
    return begin(story, seed, save, locale)


def _go_on(story: Story, path: Path) -> Save | None:
    """Go on with a night; with one that the story of today stops, from its last good step, in a file of its own."""
    try:
        return Save.open(path, story)
    except SaveStopped as stopped:
        print(clean(f"{_(stopped.title)}: {stopped.told}."))
    if sys.stdin.isatty() and not _wants(_("Go on from the last good step, as a new night? (yes, or no to leave it as it is)")):
        return None
    night = branch(story, path)
    said = _("this night goes on from the last good step, in a file of its own; {name} stays as it is")
    night.notices.append(said.format(name=clean_name(path.name)))
    return night


def _unfinished(night: Night) -> str:
    return _("There is an unfinished night, {name}. Go on with it? (yes, or no for a new one)").format(name=night.name)


def _wants(question: str) -> bool:
    """Ask until it is answered: Enter, and the end of the input, are yes."""
    print(question)
    while True:
        if sys.stdout.isatty():
            print("> ", end="", flush=True)
        answer = (read_line(sys.stdin) or "").strip().lower()
        if answer in _YES or answer in _NO:
            return answer in _YES
        print(_("Yes or no, please."))


def read_line(source: TextIO) -> str | None:
    """Return the beginning of the next line, or None where the input ends. The rest of one that is longer than any answer is let go."""
    line = part = source.readline(_MOST)
    while part and not part.endswith("\n"):
        part = source.readline(_MOST)
    return line or None
