"""Which language a story is told in: what was asked for, what the player has set, what the system speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from eternal.story.catalog import languages, read_catalog
from eternal.story.story import Story

__all__ = ["known", "learn", "match", "pick", "say", "spellings", "wanted"]


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


def say(story: Story, key: str, text: str, locale: str | None) -> str:
    """Return a text of a story in a language, or as the author wrote it."""
    catalog = story.catalogs.get(locale) if locale else None
    return catalog.say(key, text) if catalog is not None else text


def wanted(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the languages the system asks for, the first wish first, as gettext reads them.

    LANGUAGE is a list and goes before the locale, which is the first of LC_ALL, LC_MESSAGES and LANG that is set. A locale of
    C or POSIX asks for a program's own words, whatever LANGUAGE says; in the list they end it.
    """
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    if locale in _NONE:
        return
    for wish in environ["LANGUAGE"].split(":") if environ.get("LANGUAGE") else [locale]:
        if wish in _NONE:
            return
        yield from spellings(wish)


#: The locales that speak no language.
_NONE = ("C", "POSIX")


def spellings(wish: str) -> Iterator[str]:
    """Yield a locale's tag and the wider ones it belongs to: `sr_RS.UTF-8@latin` is sr_RS@latin, sr@latin, sr_RS, sr."""
    named, _, modifier = wish.strip().partition("@")
    tag = named.partition(".")[0].replace("-", "_")
    language = tag.partition("_")[0]
    if language and tag not in _NONE:
        yield from dict.fromkeys(f"{name}@{modifier}" for name in (tag, language) if modifier)
        yield from dict.fromkeys((tag, language))


def match(story: Story, wish: str) -> str:
    """Return the language of a story that a wish means, however it is written (`vi`, `vi-VN`, `vi_VN.UTF-8`); empty for none."""
    can = {_plain(language): language for language in reversed(known(story))}
    return next((can[_plain(tag)] for tag in spellings(wish) if _plain(tag) in can), "")


def _plain(tag: str) -> str:
    return tag.replace("-", "_").lower()


def pick(story: Story, asked: Iterable[str], environ: Mapping[str, str]) -> str:
    """Return the language to tell a story in, and make the story speak it.

    Args:
        story: the story.
        asked: what the command line and the player's settings ask for, the first wish first; empty ones are none.
        environ: the process's environment, which is asked when none of those is spoken.
    """
    found = (match(story, wish) for wish in (*filter(None, asked), *wanted(environ)))
    return next((language for language in found if language and learn(story, language)), story.header.language)
