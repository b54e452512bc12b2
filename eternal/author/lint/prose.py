"""Slips in what is read: passages too long for a screen, straight quotes among curly ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from eternal.author.lint.base import Ground, Prose, prose_of
from eternal.story.diagnostics import Finding, Path
from eternal.story.schema import Scene

__all__ = ["MAX_WORDS", "warnings", "words_in"]

#: What fits the passage of a terminal of 80 by 24 with its choices below.
MAX_WORDS = 140

#: What is written in a text and not read: where a link leads, and a variable's name.
_UNREAD = re.compile(r"\]\([^)]*\)|\{[^}]*\}")
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_QUOTES = re.compile(r"[\"'“”‘’]")


def warnings(ground: Ground) -> Iterator[Finding]:
    """Yield a warning for each text that is too long, or quotes otherwise than the rest of the story."""
    for scene in ground.story.scenes.values():
        for prose in prose_of(scene):
            words = words_in(prose.text)
            if words > MAX_WORDS:
                yield ground.in_scene("W113", scene.id, prose.path, words=words, limit=MAX_WORDS, width=1)
    yield from _quotes(ground)


def words_in(text: str) -> int:
    """Count the words that are read in a text; of one that is short in any case, those between blanks."""
    if text.count(" ") + text.count("\n") + text.count("-") < MAX_WORDS:
        return 0 if not text else len(text.split())
    return len(_WORD.findall(_UNREAD.sub(" ", text)))


_Style = Literal["straight", "curly"]
_Kind = Literal["double", "single"]


class _Quote(Struct, frozen=True):
    """The first quotation mark of one kind and style in a text."""

    scene: str
    path: Path
    offset: int
    kind: _Kind
    style: _Style


def _quotes(ground: Ground) -> Iterator[Finding]:
    """Yield a warning for each text whose marks are of the style that the story uses less."""
    found = [quote for scene in ground.story.scenes.values() for prose in _read(scene) for quote in _marks(scene.id, prose)]
    uses = Counter((quote.kind, quote.style) for quote in found)
    for quote in found:
        usual: _Style = "curly" if uses[quote.kind, "curly"] >= uses[quote.kind, "straight"] else "straight"
        if quote.style != usual:
            hint = {"double": "write “ and ”", "single": "write ’"}[quote.kind] if usual == "curly" else ""
            yield ground.in_scene(
                "W114", quote.scene, quote.path, offset=quote.offset, width=1, hint=hint, found=f"{quote.style} {quote.kind}", usual=usual
            )


def _read(scene: Scene) -> Iterator[Prose]:
    """Yield everything of a scene that a player reads, titles and lines included."""
    yield Prose(scene.title, ("title",))
    yield from prose_of(scene)
    for number, choice in enumerate(scene.choices):
        yield Prose(choice.text, ("choices", number, "text"))
    for name, fragment in scene.fragments.items():
        yield Prose(fragment.line, ("fragments", name, "line"))


def _marks(scene: str, prose: Prose) -> Iterator[_Quote]:
    if not _QUOTES.search(prose.text):
        return
    read = _UNREAD.sub(lambda hidden: " " * len(hidden.group()), prose.text)
    seen: set[tuple[_Kind, _Style]] = set()
    for mark in _QUOTES.finditer(read):
        kind: _Kind = "double" if mark.group() in '"“”' else "single"
        style: _Style = "straight" if mark.group() in "\"'" else "curly"
        if (kind, style) not in seen:
            seen.add((kind, style))
            yield _Quote(scene, prose.path, mark.start(), kind, style)
