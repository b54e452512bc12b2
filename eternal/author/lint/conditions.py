"""Conditions that decide nothing: always true, never true, and choices that therefore are never offered."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.author.lint.base import Ground
from eternal.author.lint.truth import Atom, Values, atoms_of, verdict
from eternal.author.lint.values import Place, Range
from eternal.story.diagnostics import Finding, Path
from eternal.story.expr import parse
from eternal.story.schema import Block, Scene
from eternal.story.story import Story

__all__ = ["warnings"]


def warnings(ground: Ground) -> Iterator[Finding]:
    """Yield a warning for each condition that can be only one of true and false."""
    judge = _Judge(ground.story)
    turn = ground.story.machine.turn if ground.story.machine else None
    if turn is not None and (found := judge(turn, "turn", None)) is not None:
        yield ground.in_header("W102" if found else "W103", ("machine", "turn"))
    for scene in ground.story.scenes.values():
        for path, condition, place, choice in _conditions(scene):
            found = judge(condition, place, scene.id)
            if found is None:
                continue
            if choice and not found:
                yield ground.in_scene("W101", scene.id, path, id=choice)
            else:
                yield ground.in_scene("W102" if found else "W103", scene.id, path)


def _conditions(scene: Scene) -> Iterator[tuple[Path, str, Place, str]]:
    """Yield the conditions of a scene: path, text, where it stands, and the choice it belongs to."""
    if scene.open is not None:
        yield ("open",), scene.open, "open", ""
    if scene.due is not None:
        yield ("due",), scene.due, "due", ""
    if not isinstance(scene.text, str):
        for number, part in enumerate(scene.text):
            if isinstance(part, Block) and part.if_ is not None:
                yield ("text", number, "if"), part.if_, "scene", ""
    for number, choice in enumerate(scene.choices):
        if choice.if_ is not None:
            yield ("choices", number, "if"), choice.if_, "scene", choice.id


class _Judge:
    """Judges conditions, each spelling once for all scenes that mean the same by it."""

    def __init__(self, story: Story) -> None:
        self.range = Range(story)
        self.atoms: dict[str, dict[Atom, None]] = {}
        self.known: dict[tuple[str, tuple[Values, ...]], bool | None] = {}

    def __call__(self, text: str, place: Place, scene: str | None) -> bool | None:
        atoms = self.atoms.get(text)
        if atoms is None:
            atoms = self.atoms[text] = atoms_of(parse(text))
        values = tuple(self.range.of(atom, place, scene) for atom in atoms)
        key = (text, values)
        if key not in self.known:
            self.known[key] = verdict(parse(text), dict(zip(atoms, values, strict=True)))
        return self.known[key]
