"""How large a story is: scenes, words, nights, languages, and who reads and writes each variable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import UNSET, Struct, UnsetType

from eternal.author.stats.locales import words_by_locale
from eternal.author.stats.nights import Nights, measure
from eternal.author.stats.variables import Usage, usage
from eternal.author.stats.words import words_by_kind
from eternal.story.story import Story

__all__ = ["WORDS_A_MINUTE", "Stats", "as_text", "stats"]

#: How fast a night is read.
WORDS_A_MINUTE = 260


class Stats(Struct, frozen=True, kw_only=True):
    """A story in numbers; these are the keys of `--json`.

    Attributes:
        memories, refuges: places, not their further pages.
        words: every word that a reader can meet, titles and lines of the last page too.
        words_by_kind: the same by the kind of scene; `header` is what stands in story.yaml.
        words_by_locale: the language of the story, and what is translated into each other.
        minutes: reading time of all of it.
        nights: words and minutes of a shortest, a median and a longest night; None if no player reached an ending.
        variables: where each is read and written; only when asked for.
    """

    story: str
    scenes: int
    words: int
    choices: int
    fragments: int
    endings: int
    memories: int
    refuges: int
    words_by_kind: dict[str, int]
    words_by_locale: dict[str, int]
    minutes: int
    nights: Nights | None
    variables: dict[str, Usage] | UnsetType = UNSET


def stats(story: Story, pack: Path | None = None, *, variables: bool = False, nights: int = 24) -> Stats:
    """Return a story in numbers.

    Args:
        story: the story.
        pack: where it lies, to count its translations.
        variables: whether to list where each variable is read and written.
        nights: how many nights to play for each temper.
    """
    kinds = words_by_kind(story)
    scenes = story.scenes.values()
    words = sum(kinds.values())
    return Stats(
        story=story.id,
        scenes=len(scenes),
        words=words,
        choices=sum(len(scene.choices) for scene in scenes),
        fragments=len(story.index.fragments),
        endings=sum(scene.kind == "ending" for scene in scenes),
        memories=len(story.index.memories),
        refuges=len(story.index.refuges),
        words_by_kind=kinds,
        words_by_locale={story.header.language: words, **words_by_locale(story, pack)},
        minutes=max(1, round(words / WORDS_A_MINUTE)),
        nights=measure(story, nights, WORDS_A_MINUTE),
        variables=usage(story) if variables else UNSET,
    )


def as_text(found: Stats) -> str:
    """Return the numbers as a table for the terminal."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Stats) -> Iterator[str]:
    for name in ("scenes", "choices", "fragments", "endings", "memories", "refuges", "words"):
        yield f"{name:<10} {getattr(found, name):>8,}"
    for kind, words in found.words_by_kind.items():
        yield f"  {kind:<8} {words:>8,}"
    for locale, words in found.words_by_locale.items():
        yield f"words {locale:<4} {words:>8,}"
    yield f"{'read all':<10} {found.minutes:>8,} {_minutes(found.minutes)} at {WORDS_A_MINUTE} words a minute"
    if found.nights is None:
        yield "no player reached an ending: try eternal prove"
    else:
        for name in ("shortest", "median", "longest"):
            night = getattr(found.nights, name)
            yield f"{name:<10} {night.words:>8,} words, {night.minutes} {_minutes(night.minutes)}"
        yield f"{'':<10} {found.nights.played:>8,} nights played to an ending"
    if not isinstance(found.variables, UnsetType):
        yield from _variables(found.variables)


def _minutes(number: int) -> str:
    return "minute" if number == 1 else "minutes"


def _variables(variables: dict[str, Usage]) -> Iterator[str]:
    for name, used in variables.items():
        yield f"\n{name}"
        yield f"  read    {', '.join(used.read) or 'never'}"
        yield f"  written {', '.join(used.written) or 'never'}"
