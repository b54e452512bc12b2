"""Every text of a story that a reader sees, under a stable name: what is translated, and what a catalog is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from eternal.story.schema import Scene, blocks_of
from eternal.story.story import Story

__all__ = ["Message", "answer_key", "block_key", "choice_key", "fragment_key", "messages", "scene_key"]


class Message(Struct, frozen=True):
    """A text to translate: its key, the text, and a word to the translator."""

    key: str
    text: str
    comment: str = ""


def scene_key(scene: str, field: str) -> str:
    """Return the key of a scene's title, collapse, refuses or status."""
    return f"{scene}:{field}"


def block_key(scene: str, number: int, variant: int | None = None) -> str:
    """Return the key of a block of a scene's text, or of one of its variants."""
    return f"{scene}:text:{number}" if variant is None else f"{scene}:text:{number}:{variant}"


def choice_key(scene: str, choice: str) -> str:
    """Return the key of what stands on a choice."""
    return f"{scene}:choice:{choice}"


def answer_key(scene: str, choice: str) -> str:
    """Return the key of what is read when a choice is taken."""
    return f"{scene}:answer:{choice}"


def fragment_key(fragment: str) -> str:
    """Return the key of a fragment's line."""
    return f"fragment:{fragment}"


def messages(story: Story) -> Iterator[Message]:
    """Yield every text of a story, in the order of the files."""
    header = story.header
    yield Message("story:title", header.title, "The story's title.")
    if header.about:
        yield Message("story:about", header.about, "A few lines on the title page.")
    for motif, words in story.motifs.items():
        yield Message(f"motif:{motif}", words, f"The way of flight along the motif {motif}.")
    for name, memento in header.mementos.items():
        yield Message(f"memento:{name}:name", memento.name, "An object on the doctor's table.")
        if memento.line:
            yield Message(f"memento:{name}:line", memento.line, f"How {memento.name} looks on the table.")
    if header.machine is not None:
        for mood in ("calm", "restless", "losing", "lost", "howard"):
            yield Message(f"voice:{mood}", getattr(header.machine.voice, mood), "The machine's status line: lower case, indifferent.")
    for scene in story.scenes.values():
        for message in _of_scene(scene):
            speaks = _speakers(message.text, scene, header.cast) if ":choice:" not in message.key else ""
            yield replace(message, comment=f"{message.comment}; who may speak: {speaks}") if speaks else message


def _speakers(text: str, scene: Scene, cast: Mapping[str, str]) -> str:
    """Return who of the cast may be the one that speaks in a text: who is named in it, or else in its scene; none if nobody does."""
    if not _SPEECH.search(text):
        return ""
    whole = " ".join(block.text or "" for block in blocks_of(scene.text))
    for where in (text, f"{scene.title} {whole}"):
        named = [
            name for name in cast.values() if any(re.search(rf"\b{re.escape(part)}\b", where) for part in name.split() if len(part) > 2)
        ]
        if named:
            return ", ".join(named)
    return ""


#: Words in quotation marks, or a line of dialogue.
_SPEECH = re.compile(r"[“„«‹「『]|(?<!\w)[\"‘](?=\w)|^[-–—] ", re.MULTILINE)


def _of_scene(scene: Scene) -> Iterator[Message]:
    about = f"{scene.title} ({scene.kind}{', ' + scene.when if scene.when else ''})"
    yield Message(scene_key(scene.id, "title"), scene.title, f"Title of a page ({scene.kind}).")
    for number, block in enumerate(blocks_of(scene.text)):
        note = f"{about}, if {block.if_}" if block.if_ else about
        if block.text is not None:
            yield Message(block_key(scene.id, number), block.text, note)
        for variant, text in enumerate(block.one_of):
            yield Message(block_key(scene.id, number, variant), text, f"{note}; one of {len(block.one_of)}")
    for field in ("collapse", "refuses", "status"):
        text = getattr(scene, field)
        if text is not None:
            yield Message(scene_key(scene.id, field), text, f"{about}: {_FIELDS[field]}")
    for choice in scene.choices:
        yield Message(choice_key(scene.id, choice.id), choice.text, f"{about}: a choice, said or done by the player")
        if choice.answer is not None:
            yield Message(answer_key(scene.id, choice.id), choice.answer, f"{about}: read when '{choice.text}' is taken")
    for name, fragment in scene.fragments.items():
        yield Message(fragment_key(name), fragment.line, f"{about}: the line these words become on the last page")


_FIELDS = {
    "collapse": "read as it goes down around Joel",
    "refuses": "read as it refuses the machine",
    "status": "the machine's status line",
}
