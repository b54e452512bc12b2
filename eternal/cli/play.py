"""`eternal play`: the terminal face where there is a terminal, the plain one where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from eternal.cli import playing
from eternal.cli.options import PACK, load_story, speak

__all__ = ["command"]


@click.command("play")
@PACK
@click.option("--locale", help="The language to be told in, as en or vi; by default the one that is set, or the system's.")
@click.option("--seed", type=click.IntRange(0, 2**53), help="Choose the night's chance texts yourself.")
@click.option("--plain", is_flag=True, help="Line by line: for pipes, screen readers and dumb terminals.")
@click.option("--new", "begin", is_flag=True, help="Begin a new night without asking.")
@click.option("--continue", "resume", is_flag=True, help="Go on with the night last played.")
@click.option("--save", "save", type=click.Path(path_type=Path), help="Go on with this night, or begin it in this file.")
def command(pack: Path | None, *, locale: str | None, seed: int | None, plain: bool, begin: bool, resume: bool, save: Path | None) -> int:
    """Play PACK, by default the story that comes with the game."""
    if begin + resume + (save is not None) > 1:
        raise click.UsageError("--new, --continue and --save exclude each other")
    story = load_story(pack)
    language = speak(story, locale)
    mode: Literal["new", "continue", "ask"] = "new" if begin else "continue" if resume else "ask"
    return playing.play(story, language=language, seed=seed, mode=mode, save=save, plain=plain)
