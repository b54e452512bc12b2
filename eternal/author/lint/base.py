"""What every warning is about: a story, and where its parts stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from eternal.story.diagnostics import Finding, Path, finding
from eternal.story.load import Survey
from eternal.story.schema import Effects, Scene

__all__ = ["Ground", "Prose", "effects_of", "prose_of"]


class Prose(Struct, frozen=True):
    """A text that is read: its words, and the path to them in its scene."""

    text: str
    path: Path


class Ground:
    """A story as it was read; makes findings that stand in a scene or in the header."""

    def __init__(self, survey: Survey) -> None:
        """Take a survey whose story has no errors."""
        assert survey.story is not None
        self.survey = survey
        self.story = survey.story

    def in_scene(self, code: str, scene: str, path: Path, *, hint: str = "", at_key: bool = False, offset: int = 0,
                 width: int = 0, **args: Any) -> Finding:  # fmt: skip
        """Return a finding about a value of a scene's document."""
        file, doc = self.survey.origins[scene]
        return finding(code, file, doc, path, hint=hint, at_key=at_key, offset=offset, width=width, **args)

    def in_header(self, code: str, path: Path, *, hint: str = "", at_key: bool = False, offset: int = 0,
                  width: int = 0, **args: Any) -> Finding:  # fmt: skip
        """Return a finding about a value of `story.yaml`."""
        return finding(code, self.survey.header_file, 0, path, hint=hint, at_key=at_key, offset=offset, width=width, **args)


def effects_of(scene: Scene) -> Iterator[Effects]:
    """Yield everything in a scene that changes something: its choices, and coming and going."""
    yield from scene.choices
    if scene.enter is not None:
        yield scene.enter
    if scene.leave is not None:
        yield scene.leave


def prose_of(scene: Scene) -> Iterator[Prose]:
    """Yield every text of a scene that is markup: its blocks, answers, and what is read when it goes."""
    if isinstance(scene.text, str):
        yield Prose(scene.text, ("text",))
    else:
        for number, part in enumerate(scene.text):
            if isinstance(part, str):
                yield Prose(part, ("text", number))
            elif part.text is not None:
                yield Prose(part.text, ("text", number, "text"))
            else:
                yield from (Prose(text, ("text", number, "one_of", variant)) for variant, text in enumerate(part.one_of))
    for place, choice in enumerate(scene.choices):
        if choice.answer is not None:
            yield Prose(choice.answer, ("choices", place, "answer"))
    if scene.collapse is not None:
        yield Prose(scene.collapse, ("collapse",))
    if scene.refuses is not None:
        yield Prose(scene.refuses, ("refuses",))
