"""`eternal serve`: the same game in a browser."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from eternal.cli.options import PACK, load_story

__all__ = ["command"]


@click.command("serve")
@PACK
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--host", default="localhost", show_default=True, help="The address to listen on; others than this machine's let anybody in.")
def command(pack: Path | None, *, port: int, host: str) -> None:
    """Serve PACK to browsers: each visitor gets a night of their own, saved with yours. Needs the extra `web`."""
    story = load_story(pack)
    from textual_serve.server import Server

    words = [sys.executable, "-m", "eternal", "play", "--new", *([str(pack)] if pack is not None else [])]
    click.echo(f"http://{host}:{port} (Ctrl+C stops)", err=True)
    Server(shlex.join(words), host=host, port=port, title=story.header.title).serve()
