"""`eternal new`: a small story to begin with."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    """Write a small complete story into DIR, a new or empty folder: it passes check, plays, and its comments teach."""
    from eternal.author.new import FolderInUse, write_pack
    from eternal.safety import clean_name

    try:
        written = write_pack(folder)
    except FolderInUse as error:
        raise click.UsageError(error.message) from None
    for file in written:
        click.echo(f"  {clean_name(str(file))}")
    shown = clean_name(str(folder))
    click.echo(f"Now: eternal play {shown} · eternal watch {shown} · eternal check {shown}")
    return 0
