"""`eternal diff`: what changed between two versions of a story, and which saves would stop."""

from __future__ import annotations

from pathlib import Path

import click

from eternal.cli.options import JSON, load_story
from eternal.cli.paper import echo, print_json

__all__ = ["command"]

_PACK = click.Path(path_type=Path)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command("diff")
@click.argument("old", type=_PACK)
@click.argument("new", type=_PACK)
@click.option("--saves", type=_FOLDER, help="Try every save in this folder on the new version.")
@JSON
def command(old: Path, new: Path, *, saves: Path | None, as_json: bool) -> int:
    """Compare two versions of a pack: OLD as released, NEW as it will be. Exits 1 if a save would stop."""
    from eternal.author.diff import as_text, difference

    found = difference(load_story(old), load_story(new), saves)
    if as_json:
        print_json(found)
    else:
        echo(as_text(found), hang=10)
    return 1 if found.stopped else 0
