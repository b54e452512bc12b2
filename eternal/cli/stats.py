"""`eternal stats`: a story in numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from eternal.cli.options import PACK, load_story, pack_path
from eternal.cli.paper import echo

__all__ = ["command"]


@click.command("stats")
@PACK
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead (docs/json.md).")
@click.option("--vars", "variables", is_flag=True, help="List where each variable is read and written.")
def command(pack: Path | None, *, as_json: bool, variables: bool) -> int:
    """Count PACK: scenes, words, choices, and how long a night is to read, measured by playing some."""
    import msgspec

    from eternal.author.stats import as_text, stats

    found = stats(load_story(pack), pack_path(pack), variables=variables)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    else:
        echo(as_text(found), hang=10)
    return 0
