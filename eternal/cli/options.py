"""What several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from eternal.story.story import Story

__all__ = ["PACK", "load_story", "pack_path"]

#: The argument PACK: a folder or a zip; by default the story that comes with the package.
PACK = click.argument("pack", required=False, type=click.Path(path_type=Path))


def pack_path(pack: Path | None) -> Path:
    """Return the pack that was named, or the one that comes with the package."""
    from eternal.story.load import SHIPPED

    return pack if pack is not None else SHIPPED


def load_story(pack: Path | None) -> Story:
    """Load a story.

    Raises:
        StoryError: it has errors.
    """
    from eternal.story.load import load

    return load(pack_path(pack))
