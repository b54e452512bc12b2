"""What is declared and never used: fragments, variables, motifs, mementos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eternal.author.lint.base import Ground, effects_of, prose_of
from eternal.author.lint.truth import atoms_of
from eternal.story.claims import read_claim
from eternal.story.diagnostics import Finding
from eternal.story.expr import parse
from eternal.story.markup import SHOWN
from eternal.story.schema import Block, Bounded, Scene, Variable
from eternal.story.story import Story

__all__ = ["warnings"]

_KEPT = re.compile(r"\]\(keep:([a-z0-9'-]+)\)")


def warnings(ground: Ground) -> Iterator[Finding]:
    """Yield a warning for each thing that is declared and that nothing uses."""
    yield from _fragments(ground)
    yield from _variables(ground)
    yield from _motifs(ground)
    yield from _mementos(ground)


def _fragments(ground: Ground) -> Iterator[Finding]:
    for scene in ground.story.scenes.values():
        if not scene.fragments:
            continue
        found = {name for prose in prose_of(scene) for name in _KEPT.findall(prose.text)}
        for name in scene.fragments:
            if name not in found:
                hint = f"write [words](keep:{name}) where it stands"
                yield ground.in_scene("W105", scene.id, ("fragments", name), at_key=True, id=name, hint=hint)


def _variables(ground: Ground) -> Iterator[Finding]:
    variables = ground.story.header.variables
    if not variables:
        return
    read, written = _read(ground.story), _written(ground.story)
    for name, spec in variables.items():
        if name not in read:
            yield ground.in_header("W106", ("variables", name), at_key=True, id=name)
        elif name not in written:
            yield ground.in_header("W107", ("variables", name), at_key=True, id=name, value=_start(spec))


def _start(spec: Variable) -> str:
    if isinstance(spec, bool):
        return str(spec).lower()
    return str(spec.start) if isinstance(spec, Bounded) else spec[0]


def _read(story: Story) -> set[str]:
    """Return the names that some condition, claim or text reads."""
    conditions = {text for scene in story.scenes.values() for text in _conditions(scene)}
    if story.machine is not None and story.machine.turn is not None:
        conditions.add(story.machine.turn)
    conditions.update(claim.about for text in story.header.claims if (claim := read_claim(text)) and claim.kind != "always eventually")
    read = {atom[0] for text in conditions for atom in atoms_of(parse(text)) if len(atom) == 1}
    shown = (text for scene in story.scenes.values() for text in _shown(scene))
    return read.union(*(SHOWN.findall(text) for text in shown if "{" in text))


def _shown(scene: Scene) -> Iterator[str]:
    """Yield everything of a scene that can show a variable."""
    yield scene.title
    yield from (choice.text for choice in scene.choices)
    yield from (prose.text for prose in prose_of(scene))


def _conditions(scene: Scene) -> Iterator[str]:
    yield from (text for text in (scene.open, scene.due) if text is not None)
    yield from (choice.if_ for choice in scene.choices if choice.if_ is not None)
    if not isinstance(scene.text, str):
        yield from (part.if_ for part in scene.text if isinstance(part, Block) and part.if_ is not None)


def _written(story: Story) -> set[str]:
    return {name for scene in story.scenes.values() for effects in effects_of(scene) for name in (*effects.set, *effects.add)}


def _motifs(ground: Ground) -> Iterator[Finding]:
    story = ground.story
    used = {memento.motif for memento in story.header.mementos.values()}
    for scene in story.scenes.values():
        used.update(scene.motifs)
        used.update(fragment.motif for fragment in scene.fragments.values())
    listed = story.header.motifs
    for number, motif in enumerate(listed):
        if motif not in used:
            is_map = isinstance(listed, dict)
            yield ground.in_header("W108", ("motifs", motif if is_map else number), at_key=is_map, id=motif)


def _mementos(ground: Ground) -> Iterator[Finding]:
    given = {name for scene in ground.story.scenes.values() for effects in effects_of(scene) for name in effects.give}
    for name in ground.story.header.mementos:
        if name not in given:
            yield ground.in_header("W109", ("mementos", name), at_key=True, id=name, hint=f"a choice hands it over with give: [{name}]")
