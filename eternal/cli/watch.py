"""`eternal watch`: play a story while it is being written."""

from __future__ import annotations

from pathlib import Path

import click

from eternal.cli.options import PACK, pack_path
from eternal.cli.playing import has_terminal

__all__ = ["command"]


@click.command("watch")
@PACK
@click.option("--save", type=click.Path(path_type=Path), help="Go on with this night, or begin it in this file.")
def command(pack: Path | None, *, save: Path | None) -> int:
    """Play PACK while you edit it: a saved change is there at once, at the same place of the night."""
    if not has_terminal():
        raise click.ClickException("watch needs a terminal; eternal check says what is wrong without one")
    from eternal.story.pack import stamps
    from eternal.tui.watch import run

    path = pack_path(pack)
    if not stamps(path):
        raise click.ClickException(f"{path} is no story: a folder with a story.yaml, or a .zip of one")
    return run(path, save)
