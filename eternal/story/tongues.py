"""Which language a story is told in: what was asked for, what the player has set, what the system speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eternal.story.catalog import languages, read_catalog
from eternal.story.story import Story

__all__ = ["known", "learn", "pick", "wanted"]


def known(story: Story) -> tuple[str, ...]:
    """Return the languages a story can be told in, its own first."""
    beside = languages(story.pack) if story.pack is not None else tuple(story.catalogs)
    return (story.header.language, *(language for language in beside if language != story.header.language))


def learn(story: Story, language: str) -> bool:
    """Make a story speak a language; False if it has no catalog of it that can be read."""
    if language == story.header.language or language in story.catalogs:
        return True
    catalog = read_catalog(story.pack, language) if story.pack is not None else None
    if catalog is None:
        return False
    story.catalogs[language] = catalog
    return True


def wanted(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the languages the system asks for, the first wish first: LANGUAGE, LC_ALL, LC_MESSAGES, LANG, as gettext reads them."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for word in environ.get(name, "").split(":"):
            tag = word.partition(".")[0].partition("@")[0].replace("_", "-")
            if tag and tag not in ("C", "POSIX"):
                yield tag
                if "-" in tag:
                    yield tag.partition("-")[0]


def pick(story: Story, asked: str | None, environ: Mapping[str, str]) -> str:
    """Return the language to tell a story in, and make the story speak it.

    Args:
        story: the story.
        asked: what the command line or the player's settings ask for.
        environ: the process's environment.
    """
    wishes = [asked] if asked else list(wanted(environ))
    can = known(story)
    return next((wish for wish in wishes if wish in can and learn(story, wish)), story.header.language)
