"""`eternal watch` on the terminal: the page on the left, what is behind it on the right, mistakes below."""

from __future__ import annotations

from pathlib import Path

__all__ = ["run"]


def run(pack: Path, save: Path | None = None) -> int:
    """Play a story while it is edited.

    Args:
        pack: the story; it may have errors, and is waited for.
        save: a night to go on with or to begin.

    Returns:
        The exit code.

    Raises:
        SaveError: the night cannot be used.
    """
    from eternal.author.watch import open_bench
    from eternal.tui.watch.app import WatchApp

    bench, keeper = open_bench(pack, save)
    try:
        return WatchApp(bench, keeper).run() or 0
    finally:
        if keeper is not None:
            keeper.close()
