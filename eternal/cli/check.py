"""`eternal check`: every mistake of a story, located, in one run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from eternal.cli.options import PACK, pack_path

__all__ = ["command"]


@click.command("check")
@PACK
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="How to print what is found.")
def command(pack: Path | None, *, form: str) -> int:
    """Check PACK and print every mistake. Exits 1 if there is an error; warnings alone are no error."""
    from eternal.author.check import as_json, as_sarif, as_text, check

    path = pack_path(pack)
    report = check(path)
    if form == "text":
        said = as_text(report) if pack is not None else f"{as_text(report)} (the story that comes with the game)"
        print(said, file=sys.stderr if report.errors else sys.stdout)
    else:
        sys.stdout.buffer.write((as_json if form == "json" else as_sarif)(report) + b"\n")
    return 1 if report.errors else 0
