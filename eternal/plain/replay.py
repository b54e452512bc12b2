"""A night read line by line: every page it passed, and what was done on it."""

from __future__ import annotations

import sys
from pathlib import Path

from eternal.engine.game import Game
from eternal.plain.text import page_lines
from eternal.safety import clean, clean_name
from eternal.saves.fold import fold
from eternal.saves.save import read_save
from eternal.story.story import Story
from eternal.wording.news import news_rows
from eternal.wording.words import deed

__all__ = ["run"]


def run(path: Path, story: Story, *, until: int | None = None, locale: str | None = None) -> int:
    """Print a save's pages to standard output. Returns 1 if the story no longer allows a step, which is said."""
    parsed = read_save(path)
    folded = fold(story, parsed.header, parsed.records, until)
    shown = Game(story, seed=folded.game.seed, past=folded.game.past)
    shown.locale = locale
    _print(shown, before=None)
    for action in folded.game.actions:
        done = deed(shown.view, action)
        shown.act(action)
        _print(shown, before=done)
    for line in shown.view.poem:
        print(clean(f"    {line}"))
    if folded.stop is not None:
        print(f"eternal: {clean_name(path.name)}: {folded.stop.message}", file=sys.stderr)
        return 1
    return 0


def _print(game: Game, before: str | None) -> None:
    if before is not None:
        print(clean(f"\n> {before}"))
        for line in news_rows(game.story, game.view, game.locale, own=False):
            print(clean(line))
    for line in page_lines(game.view):
        print(clean(line))
