"""How much of a story is there in other languages: the words of its catalogues, `locale/*.po`."""

from __future__ import annotations

from pathlib import Path

from eternal.author.stats.words import count
from eternal.story.story import Story

__all__ = ["words_by_locale"]


def words_by_locale(story: Story, pack: Path | None) -> dict[str, int]:
    """Return the translated words by language; what is fuzzy or obsolete is not counted. Reading catalogues needs Babel."""
    folder = pack / "locale" if pack is not None and pack.is_dir() else None
    files = sorted(folder.glob("*.po")) if folder is not None and folder.is_dir() else []
    return {file.stem: _words(file) for file in files if file.stem != story.header.language}


def _words(file: Path) -> int:
    from babel.messages.pofile import read_po

    with file.open("rb") as source:
        catalogue = read_po(source)
    return sum(count(message.string) for message in catalogue if message.id and not message.fuzzy and isinstance(message.string, str))
