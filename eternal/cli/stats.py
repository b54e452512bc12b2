"""`eternal stats`: a story in numbers."""

from __future__ import annotations

from pathlib import Path

import click

from eternal.cli.options import JSON, PACK, load_story, pack_path
from eternal.cli.paper import echo, print_json

__all__ = ["command"]


@click.command("stats")
@PACK
@JSON
@click.option("--vars", "variables", is_flag=True, help="List where each variable is read and written.")
def command(pack: Path | None, *, as_json: bool, variables: bool) -> int:
    """Count PACK: scenes, words, choices, and how long a night is to read, measured by playing some."""
    from eternal.author.stats import as_text, stats

    found = stats(load_story(pack), pack_path(pack), variables=variables)
    if as_json:
        print_json(found)
    else:
        echo(as_text(found), hang=10)
    return 0
