"""A night read line by line: every page it passed, and what was done on it."""

from __future__ import annotations

import sys
from pathlib import Path

from eternal.engine.actions import Choose, Flee, Rewind
from eternal.engine.game import Game
from eternal.plain.text import page_lines
from eternal.saves.fold import fold
from eternal.saves.save import read_save
from eternal.story.safety import clean
from eternal.story.story import Story

__all__ = ["run"]


def run(path: Path, story: Story, *, until: int | None = None, locale: str | None = None) -> int:
    """Print a save's pages to standard output. Returns 1 if the story no longer allows a step, which is said."""
    parsed = read_save(path)
    folded = fold(story, parsed.header, parsed.records, until)
    shown = Game(story, seed=folded.game.seed, past=folded.game.past)
    shown.locale = locale
    _print(shown, before=None)
    for action in folded.game.actions:
        done = _said(shown, action)
        shown.act(action)
        _print(shown, before=done)
    for line in shown.view.poem:
        print(clean(f"    {line}"))
    if folded.stop is not None:
        print(f"eternal: {path.name}: {folded.stop.message}", file=sys.stderr)
        return 1
    return 0


def _print(game: Game, before: str | None) -> None:
    if before is not None:
        print(clean(f"\n> {before}"))
    for line in page_lines(game.view):
        print(clean(line))


def _said(game: Game, action: object) -> str:
    """Say an action as a player would."""
    page = game.view
    match action:
        case Choose(id=name):
            return next((choice.text for choice in page.choices if choice.id == name), name)
        case Flee(id=name):
            return f"flee to {game.story.scenes[name].title}"
        case Rewind(to=number):
            return f"back to step {number}"
        case _:
            lines = {fragment.id: fragment.line for fragment in page.fragments} | {held.id: held.line for held in page.hands}
            return f"{type(action).__name__.lower()}: {lines.get(getattr(action, 'id', ''), '')}"
