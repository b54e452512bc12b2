"""Ids that a writer will confuse: alike but for a hyphen or the case of a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eternal.author.lint.base import Ground
from eternal.story.diagnostics import Finding

__all__ = ["warnings"]

#: What joins words in an id. Between two digits it tells numbers apart: `day-1-1` is not `day-11`.
_JOINT = re.compile(r"(?<![0-9])[-_']|[-_'](?![0-9])")


def warnings(ground: Ground) -> Iterator[Finding]:
    """Yield a warning for the second of two ids that are alike: scenes, fragments, a scene's choices, what the header declares."""
    story = ground.story
    for scene, other in _alike(list(story.scenes)):
        yield ground.in_scene("W112", scene, ("id",), id=scene, other=other)
    for fragment, other in _alike(list(story.index.fragments)):
        home = story.index.fragments[fragment]
        yield ground.in_scene("W112", home, ("fragments", fragment), at_key=True, id=fragment, other=other)
    for spec in story.scenes.values():
        ids = [choice.id for choice in spec.choices]
        for choice, other in _alike(ids):
            yield ground.in_scene("W112", spec.id, ("choices", ids.index(choice), "id"), id=choice, other=other)
    for field in ("variables", "mementos", "motifs"):
        declared = getattr(story.header, field)
        for name, other in _alike(list(declared)):
            at = name if isinstance(declared, dict) else list(declared).index(name)
            yield ground.in_header("W112", (field, at), at_key=isinstance(declared, dict), id=name, other=other)


def _alike(ids: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each id that is like one before it, with that one."""
    first: dict[str, str] = {}
    for name in ids:
        bare = _JOINT.sub("", name).casefold()
        other = first.setdefault(bare, name)
        if other != name:
            yield name, other
