"""The story's words that stand outside a page, in the language it is told in: titles, lines, choices, things on the table."""

from __future__ import annotations

from functools import lru_cache

from eternal.story.languages import say
from eternal.story.messages import block_key, fragment_key, scene_key
from eternal.story.schema import blocks_of
from eternal.story.story import Story

__all__ = ["line_of", "say", "short", "title_like", "title_of", "within", "words_of"]

#: Quotation marks inside of quotation marks.
_WITHIN = str.maketrans("“”", "‘’")


def title_of(story: Story, scene: str, locale: str | None) -> str:
    """Return a scene's title."""
    return say(story, scene_key(scene, "title"), story.scenes[scene].title, locale)


def short(title: str) -> str:
    """Return a title without the date that some carry after a dot."""
    return title.split(" · ", maxsplit=1)[0]


def within(words: str) -> str:
    """Return words that will stand between quotation marks, with other ones inside."""
    return words.translate(_WITHIN)


def title_like(story: Story, title: str, locale: str | None) -> str:
    """Return a title that is known only as the author wrote it."""
    scene = next((scene.id for scene in story.scenes.values() if scene.title == title), "") if locale in story.catalogs else ""
    return title_of(story, scene, locale) if scene else title


def line_of(story: Story, fragment: str, locale: str | None) -> str:
    """Return the line that a fragment becomes."""
    scene = story.index.fragments[fragment]
    return say(story, fragment_key(fragment), story.scenes[scene].fragments[fragment].line, locale)


def words_of(story: Story, fragment: str, locale: str | None) -> str:
    """Return the words of a fragment as they stand on its page; the line it becomes, where they stand on none."""
    scene = story.index.fragments[fragment]
    for number, block in enumerate(blocks_of(story.scenes[scene].text)):
        if block.text is not None and f"keep:{fragment}" in block.text:
            words = _kept_words(say(story, block_key(scene, number), block.text, locale), fragment)
            if words:
                return words
    return line_of(story, fragment, locale)


@lru_cache(maxsize=256)
def _kept_words(text: str, fragment: str) -> str:
    from eternal.story.markup import paragraphs  # the title has titles alone

    return "".join(run.text for paragraph in paragraphs(text) for run in paragraph.runs if run.keep == fragment)
