"""How much of a story is there in other languages: the words of its compiled catalogs."""

from __future__ import annotations

from pathlib import Path

from eternal.author.stats.words import count
from eternal.story.catalog import Catalog, languages, read_catalog
from eternal.story.messages import messages
from eternal.story.story import Story

__all__ = ["words_by_locale"]


def words_by_locale(story: Story, pack: Path | None) -> dict[str, int]:
    """Return the translated words by language: those that a reader of it meets, without what still stands in the story's own."""
    if pack is None:
        return {}
    found = ((language, read_catalog(pack, language)) for language in languages(pack) if language != story.header.language)
    return {language: _words(story, catalog) for language, catalog in found if catalog is not None}


def _words(story: Story, catalog: Catalog) -> int:
    said = ((message.text, catalog.say(message.key, message.text)) for message in messages(story))
    return sum(count(told) for text, told in said if told != text)
