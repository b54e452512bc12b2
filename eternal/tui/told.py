"""The story's words that stand outside a page, in the language it is told in: titles, lines, choices, things on the table."""

from __future__ import annotations

from eternal.story.messages import choice_key, fragment_key, scene_key
from eternal.story.story import Story
from eternal.story.tongues import say

__all__ = ["choice_of", "line_of", "say", "title_like", "title_of"]


def title_of(story: Story, scene: str, locale: str | None) -> str:
    """Return a scene's title."""
    return say(story, scene_key(scene, "title"), story.scenes[scene].title, locale)


def title_like(story: Story, title: str, locale: str | None) -> str:
    """Return a title that is known only as the author wrote it."""
    scene = next((scene.id for scene in story.scenes.values() if scene.title == title), "") if locale in story.catalogs else ""
    return title_of(story, scene, locale) if scene else title


def line_of(story: Story, fragment: str, locale: str | None) -> str:
    """Return the line that a fragment becomes."""
    scene = story.index.fragments[fragment]
    return say(story, fragment_key(fragment), story.scenes[scene].fragments[fragment].line, locale)


def choice_of(story: Story, scene: str, choice: str, locale: str | None) -> str:
    """Return what stands on a choice; empty if the scene has none of that name."""
    found = story.choice(scene, choice)
    return say(story, choice_key(scene, choice), found.text, locale) if found is not None else ""
