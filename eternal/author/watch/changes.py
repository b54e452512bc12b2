"""When a story's files have changed: told by the system where `watchfiles` is installed, else by looking."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path

from eternal.story.pack import Stamp, stamps

__all__ = ["changes"]

#: Milliseconds that a burst of writes may last, that are waited after the last of them, and after which one looks all the same:
#: what was written while nobody watched yet, or where the system does not tell, is found then.
_BURST, _QUIET, _IDLE = 60, 10, 500
#: Seconds between two looks where nobody tells.
_LOOK = 0.1


def changes(pack: Path, since: tuple[Stamp, ...] | None = None) -> AsyncIterator[None]:
    """Yield once after every change of a pack's files.

    Args:
        pack: the folder or zip.
        since: the stamps of the files when they were last read; by default as they are now.
    """
    source = _told(*_place(pack)) if find_spec("watchfiles") else _ticks()
    return _changed(pack, source, stamps(pack) if since is None else since)


def _place(pack: Path) -> tuple[Path, bool]:
    """Return the folder to watch, and whether what lies below it counts: a zip is replaced rather than written."""
    return (pack, True) if pack.is_dir() else (pack.absolute().parent, False)


async def _changed(pack: Path, source: AsyncIterator[None], before: tuple[Stamp, ...]) -> AsyncIterator[None]:
    async for _ in source:
        now = stamps(pack)
        if now != before:
            before = now
            yield


async def _told(folder: Path, below: bool) -> AsyncIterator[None]:
    from watchfiles import awatch

    async for _ in awatch(
        folder, debounce=_BURST, step=_QUIET, rust_timeout=_IDLE, yield_on_timeout=True, watch_filter=None, recursive=below
    ):
        yield


async def _ticks() -> AsyncIterator[None]:
    """Yield ten times a second; whoever asks looks at the stamps."""
    while True:
        await asyncio.sleep(_LOOK)
        yield
