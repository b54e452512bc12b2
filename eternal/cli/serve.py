"""`eternal serve`: the same game in a browser."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
from pathlib import Path

import click

from eternal.cli.options import PACK, load_story

__all__ = ["command"]


@click.command("serve")
@PACK
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; others than this machine's let anybody in.")
def command(pack: Path | None, *, port: int, host: str) -> int:
    """Serve PACK to browsers: each visitor has nights of their own. Needs the extra `web`."""
    story = load_story(pack)
    from eternal.web.server import House, serve

    words = [sys.executable, "-m", "eternal", "play", *([str(pack.resolve())] if pack is not None else [])]
    try:
        return asyncio.run(serve(House(words, story.header.title, host), host, port, _ready))
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {_why(error)}") from None


def _ready(host: str, port: int) -> None:
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port} (Ctrl+C stops)", err=True)


def _why(error: OSError) -> str:
    """Say what is wrong with an address: the loop's own words for it are a paragraph."""
    if error.errno == errno.EADDRINUSE:
        return "it is in use; name another with --port"
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror or error)
