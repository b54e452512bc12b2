"""The story that Eternal and ink are compared on: generated once, told in both formats, with conditions and clamped counters."""

from __future__ import annotations

import ast
import random
from pathlib import Path

from eternal.story.expr import parse
from eternal.story.load import load
from eternal.story.schema import Bounded, Choice, Scene, blocks_of
from eternal.story.story import Story

__all__ = ["generated", "ink_of"]

_WORDS = tuple(
    "the river ice says no in a low voice and she names a star after her dentist while sleeves fill with light keys radio paper".split()  # noqa: SIM905 - read as a line
)
_PER_FILE = 400
_TESTS = (
    "trust < {n}", "trust > {n} or met", "anger <= {n}", "nerve == {n}", "mood == 'sad' or trust > {n}", "not met or anger > {n}",
    "wet and nerve < {n}", "not wet or trust < {n}", "mood != 'glad'", "late or not met",
)  # fmt: skip
_VALUES = ("met: true", "met: false", "wet: true", "wet: false", "late: true", "mood: sad", "mood: glad", "mood: calm")
_HEADER = """id: generated
title: Generated
start: s0
variables:
  trust: {start: 2, min: 0, max: 5}
  anger: {start: 0, min: 0, max: 9}
  nerve: {start: 1, min: 0, max: 3}
  met: false
  wet: false
  late: false
  mood: [calm, sad, glad]
endings: [end]
"""
#: What makes it wide.
_WIDE_HEADER = _HEADER.replace("  met:", "  key: false\n  lamp: false\n  ring: false\n  met:")
_WIDE_TESTS = ("key or trust > {n}", "not lamp or met", "ring and nerve < {n}", "not key or not ring")
_WIDE_VALUES = ("key: true", "key: false", "lamp: true", "lamp: false", "ring: true", "ring: false")
#: What makes a night of the same story: one scene in so many is a memory, with words to keep and ways of flight.
_EVERY = 40
_NIGHT = """motifs: [snow, salt, wool, rain]
machine: {morning: end, dawn: 999, carry: 3, keep: 1, flee: {beats: 1, heat: 1}, hunt: {at: 30, rate: 2}}
"""
_MOTIFS = ("snow", "salt", "wool", "rain")


def generated(folder: Path, scenes: int, *, night: bool = False, wide: bool = False) -> Story:
    """Write a story of so many scenes into a folder, and load it.

    With `night` the same scenes stand under a machine; with `wide` they ask for three more things, so that there are too many
    valuations of a scene to be stepped at once.
    """
    chance = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "story.yaml").write_text(
        (_WIDE_HEADER if wide else _HEADER) + (_NIGHT if night else "") + "---\nid: end\nkind: ending\ntitle: End\ntext: End.\n"
    )
    documents = [_scene(chance, number, scenes, night=night and number % _EVERY == 0, wide=wide) for number in range(scenes)]
    for first in range(0, scenes, _PER_FILE):
        (folder / f"part-{first:05}.yaml").write_text("---\n".join(documents[first : first + _PER_FILE]))
    return load(folder, cached=False)


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(count)).capitalize() + "."


def _scene(chance: random.Random, number: int, scenes: int, *, night: bool, wide: bool) -> str:
    choices = "".join(_choice(chance, place, number, scenes, wide=wide) for place in range(4))
    always = f"  - |\n    {_words(chance, 40)}\n    {_words(chance, 40)}\n"
    text = f"{always}  - if: anger > {chance.randrange(9)}\n    text: {_words(chance, 40)}\n"
    if night:
        text += f"  - '[A line](keep:f{number}) to keep.'\n"
    return f"id: s{number}\ntitle: Scene {number}\n{_memory(number) if night else ''}text:\n{text}choices:\n{choices}"


def _memory(number: int) -> str:
    """Return what makes a memory of a scene."""
    first, second = _MOTIFS[number // _EVERY % 4], _MOTIFS[number // _EVERY // 4 % 4]
    kind = f"kind: memory\nwhen: '{1000 + number}'\nstrength: 5\nmotifs: [{', '.join(dict.fromkeys((first, second)))}]\n"
    return f"{kind}fragments: {{f{number}: {{motif: {first}, line: A line.}}}}\n"


def _choice(chance: random.Random, place: int, number: int, scenes: int, *, wide: bool) -> str:
    test = f"    if: {chance.choice(_TESTS + _WIDE_TESTS if wide else _TESTS).format(n=chance.randrange(1, 4))}\n" if place else ""
    # One way in two hundred ends it: nights are long enough to measure.
    target = "end" if place == 3 and number % 50 == 49 else f"s{chance.randrange(scenes) if place else (number + 1) % scenes}"
    add = f"{chance.choice(['trust', 'anger', 'nerve'])}: {chance.choice([-2, -1, 1, 2])}"
    value = chance.choice(_VALUES + _WIDE_VALUES if wide else _VALUES)
    more = f"    set: {{{value}}}\n" if place != 2 else ""
    return f"  - id: c{place}\n    text: {_words(chance, 6)}\n    to: {target}\n{test}    add: {{{add}}}\n{more}"


# The same in ink ------------------------------------------------------------------------------------------------------


def ink_of(story: Story) -> str:
    """Return a story without a machine in ink's format: sticky choices, the same conditions, the same clamps."""
    header = story.header
    lines = [f"VAR {name} = {_first(spec)}" for name, spec in header.variables.items()]
    lines.append(f"-> {header.start}")
    for scene in story.scenes.values():
        lines += _knot(story, scene)
    return "\n".join(lines) + "\n"


def _first(spec: object) -> str:
    if isinstance(spec, bool):
        return str(spec).lower()
    return str(spec.start) if isinstance(spec, Bounded) else f'"{spec[0]}"' if isinstance(spec, tuple) else "0"


def _knot(story: Story, scene: Scene) -> list[str]:
    lines = [f"=== {scene.id} ==="]
    for block in blocks_of(scene.text):
        text = " ".join((block.text or "").split())
        lines.append(f"{{{_condition(block.if_)}: {text}}}" if block.if_ else text)
    for choice in scene.choices:
        lines.append(f"+ {{{_condition(choice.if_)}}} [{choice.text}]" if choice.if_ else f"+ [{choice.text}]")
        lines += [f"    ~ {change}" for change in _changes(story, choice)]
        lines.append(f"    -> {choice.to}")
    return lines if scene.choices else [*lines, "-> END"]


def _changes(story: Story, choice: Choice) -> list[str]:
    changes = [
        f"{name} = {value if value in ('true', 'false') or value.isdecimal() else chr(34) + value + chr(34)}"
        for name, value in choice.set.items()
    ]
    for name, number in choice.add.items():
        spec = story.header.variables[name]
        assert isinstance(spec, Bounded)
        changes.append(f"{name} = MIN(MAX({name} + {number}, {spec.min}), {spec.max})")
    return changes


def _condition(text: str | None) -> str:
    return _told(parse(text or "True"))


def _told(node: ast.expr) -> str:
    match node:
        case ast.BoolOp(op=op, values=values):
            return "(" + (" and " if isinstance(op, ast.And) else " or ").join(map(_told, values)) + ")"
        case ast.UnaryOp(operand=operand):
            return f"(not {_told(operand)})"
        case ast.Compare(left=left, ops=[sign], comparators=[right]):
            signs = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
            return f"({_told(left)} {signs[type(sign)]} {_told(right)})"
        case ast.Name(id=name):
            return name
        case ast.Constant(value=str(word)):
            return f'"{word}"'
        case ast.Constant(value=value):
            return str(value).lower()
    raise ValueError(ast.dump(node))
