"""`eternal replay`: a save watched, read line by line, or verified."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from eternal.cli.options import speak, speak_beforehand
from eternal.cli.playing import has_terminal
from eternal.safety import clean_name
from eternal.speech import mark

if TYPE_CHECKING:
    from eternal.story.story import Story

__all__ = ["command"]


@click.command("replay")
@click.argument("file")
@click.option("--pack", type=click.Path(path_type=Path), help="The story it is a night of, if it is not the one that comes with the game.")
@click.option("--verify", is_flag=True, help="Play every step and compare it with what was recorded.")
@click.option("--plain", is_flag=True, help="Print the pages instead of showing them.")
@click.option("--speed", type=click.FloatRange(0.1, 100), default=1.0, help="How fast to watch; 1 is reading pace.")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write it as a file: .md, .html, .cast or .svg.")
@click.option("--locale", help="The language to be told in.")
@click.option("--until", type=click.IntRange(0), help="Stop after so many actions.")
def command(
    file: str, *, pack: Path | None, verify: bool, plain: bool, speed: float, target: Path | None, locale: str | None, until: int | None
) -> int:
    """Replay FILE: a save anywhere, or the name of one of your nights."""
    from eternal.saves.nights import find

    speak_beforehand(locale)
    path = find(file)
    story = _story_of(path, pack)
    if verify:
        return _verify(path, story, until)
    language = speak(story, locale)
    if target is not None:
        return _export(path, story, target, until, language)
    if plain or not has_terminal():
        from eternal.plain.replay import run as run_plain

        return run_plain(path, story, until=until, locale=language)
    from eternal.tui.app import watch_replay

    return watch_replay(story, path, speed, until, language)


def _story_of(path: Path, pack: Path | None) -> Story:
    """Load the story that a save is of. The save names it, but no path in a save is ever followed."""
    from eternal.cli.options import load_story
    from eternal.saves.errors import SaveError
    from eternal.saves.save import read_save

    parsed = read_save(path)
    story = load_story(pack)
    if parsed.header.story != story.id:
        said = mark("{name} is a night of the story {theirs!r}, not of {ours!r}; name its pack with --pack")
        if pack is not None:
            said = mark("{name} is a night of the story {theirs!r}, not of {ours!r}")
        raise SaveError(said, name=clean_name(path.name), theirs=parsed.header.story, ours=story.id)
    return story


def _export(path: Path, story: Story, target: Path, until: int | None, language: str) -> int:
    from eternal.saves.export import export

    stop = export(path, story, target, until=until, locale=language)
    if stop:
        click.echo(f"eternal: {clean_name(path.name)}: {stop}", err=True)
    return 1 if stop else 0


def _verify(path: Path, story: Story, until: int | None) -> int:
    from eternal.saves.replay import verify

    result = verify(path, story, until)
    click.echo(result.message, err=not result.well)
    return 0 if result.well else 1
