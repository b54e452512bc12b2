"""Where each variable of a story is read and where it is written."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from msgspec import Struct

from eternal.story import markup
from eternal.story.expr import parse
from eternal.story.schema import Effects, Scene, blocks_of
from eternal.story.story import Story

__all__ = ["Usage", "usage"]


class Usage(Struct, frozen=True):
    """Places, as `scene`, `scene/choice`, `scene text 2` or `machine`."""

    read: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


def usage(story: Story) -> dict[str, Usage]:
    """Return the usage of every variable, in the order they are declared."""
    read: dict[str, dict[str, None]] = {name: {} for name in story.variables}
    written: dict[str, dict[str, None]] = {name: {} for name in story.variables}
    for name, place in _reads(story):
        if name in read:
            read[name][place] = None
    for name, place in _writes(story):
        written[name][place] = None
    return {name: Usage(tuple(read[name]), tuple(written[name])) for name in story.variables}


def _reads(story: Story) -> Iterator[tuple[str, str]]:
    """Yield every name that is read, with its place."""
    if story.machine is not None:
        yield from ((name, "machine") for name in _names(story.machine.turn))
    for scene in story.scenes.values():
        for condition in (scene.open, scene.due):
            yield from ((name, scene.id) for name in _names(condition))
        for choice in scene.choices:
            place = f"{scene.id}/{choice.id}"
            yield from ((name, place) for name in (*_names(choice.if_), *_shown(choice.answer)))
        yield from _read_in_text(scene)


def _read_in_text(scene: Scene) -> Iterator[tuple[str, str]]:
    for number, block in enumerate(blocks_of(scene.text), start=1):
        place = f"{scene.id} text {number}"
        for text in (block.text, *block.one_of):
            yield from ((name, place) for name in _shown(text))
        yield from ((name, place) for name in _names(block.if_))
    for text in (scene.collapse, scene.refuses):
        yield from ((name, scene.id) for name in _shown(text))


def _names(condition: str | None) -> list[str]:
    if condition is None:
        return []
    return [node.id for node in ast.walk(parse(condition)) if isinstance(node, ast.Name)]


def _shown(text: str | None) -> list[str]:
    if text is None or "{" not in text:
        return []
    return [run.show for paragraph in markup.paragraphs(text) for run in paragraph.runs if run.show]


def _writes(story: Story) -> Iterator[tuple[str, str]]:
    for scene in story.scenes.values():
        for effects, place in ((scene.enter, f"{scene.id} enter"), (scene.leave, f"{scene.id} leave")):
            yield from ((name, place) for name in _written(effects))
        for choice in scene.choices:
            yield from ((name, f"{scene.id}/{choice.id}") for name in _written(choice))


def _written(effects: Effects | None) -> list[str]:
    return [*effects.set, *effects.add] if effects is not None else []
