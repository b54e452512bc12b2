"""Every word that a reader can meet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eternal.author.playtest.night import words_in
from eternal.story.markup import MarkupError
from eternal.story.schema import KINDS, Scene, blocks_of
from eternal.story.story import Story

__all__ = ["count", "words_by_kind"]

_WORD = re.compile(r"\w[\w’'-]*")


def count(text: str | None) -> int:
    """Count the words of a line, or of a text with its markup."""
    if not text:
        return 0
    try:
        return words_in(text)
    except MarkupError:  # a line is no markup: whatever it holds is words
        return len(_WORD.findall(text))


def words_by_kind(story: Story) -> dict[str, int]:
    """Return the words of the scenes of each kind, and of the header."""
    words: dict[str, int] = dict.fromkeys(KINDS, 0)
    for scene in story.scenes.values():
        words[scene.kind] += sum(count(text) for text in _texts(scene))
    return {**words, "header": sum(count(text) for text in _header(story))}


def _texts(scene: Scene) -> Iterator[str | None]:
    yield from (scene.title, scene.status, scene.collapse, scene.refuses)
    for block in blocks_of(scene.text):
        yield block.text
        yield from block.one_of
    for choice in scene.choices:
        yield from (choice.text, choice.answer)
    yield from (fragment.line for fragment in scene.fragments.values())


def _header(story: Story) -> Iterator[str | None]:
    header = story.header
    yield from (header.title, header.about)
    for memento in header.mementos.values():
        yield from (memento.name, memento.line)
    yield from story.motifs.values()
    if header.machine is not None:
        voice = header.machine.voice
        yield from (voice.calm, voice.restless, voice.losing, voice.lost, voice.howard)
