"""What several commands take."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eternal.cli.outcome import INTERRUPTED

if TYPE_CHECKING:
    from eternal.story.story import Story

__all__ = ["INTERRUPTED", "JSON", "PACK", "load_story", "pack_path", "speak", "speak_beforehand"]

#: The argument PACK: a folder or a zip; by default the story that comes with the package.
PACK = click.argument("pack", required=False, type=click.Path(path_type=Path))
#: The option of every command whose answer a program may read.
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead (docs/json.md).")


def pack_path(pack: Path | None) -> Path:
    """Return the pack that was named, or the one that comes with the package."""
    from eternal.story.load import SHIPPED

    return pack if pack is not None else SHIPPED


def speak(story: Story, asked: str | None) -> str:
    """Choose the language to tell a story in: what was asked for, else what the player has set, else what the system speaks.

    Raises:
        click.BadParameter: it was asked for and the story does not speak it.
    """
    from eternal import speech
    from eternal.story.languages import known, match, pick
    from eternal.tui.settings import read_settings

    if asked is not None and not match(story, asked):
        raise click.BadParameter(f"the story is told in {', '.join(known(story))}, not in {asked!r}", param_hint="--locale")
    language = pick(story, (asked or "", read_settings().language), os.environ)
    speech.speak(language)
    return language


def speak_beforehand(asked: str | None = None) -> None:
    """Say what comes before there is a story (no such night, a damaged one) in the language that will be spoken."""
    from eternal import speech
    from eternal.story.languages import spellings, wanted
    from eternal.tui.settings import read_settings

    wishes = [*spellings(asked or ""), *spellings(read_settings().language), *wanted(os.environ)]
    speech.speak(next((wish for wish in wishes if wish in speech.interface_languages()), "en"))


def load_story(pack: Path | None) -> Story:
    """Load a story.

    Raises:
        StoryError: it has errors.
    """
    from eternal.story.load import load

    return load(pack_path(pack))
