"""Generated stories: scenes of 120 words, 3 choices, 4 variables; the same for the same size."""

from __future__ import annotations

import random
from pathlib import Path

__all__ = ["generate"]

_WORDS = tuple(
    "the river ice says no in a low voice and she names a star after her dentist while coat sleeves fill with snow".split()  # noqa: SIM905 - read as a line
)
_PER_FILE = 400

_HEADER = """id: generated
title: Generated
start: s0
variables: {trust: {start: 2, min: 0, max: 5}, anger: {start: 0, max: 9}, met: false, mood: [calm, sad, glad]}
"""


def generate(folder: Path, scenes: int) -> Path:
    """Write a story of so many scenes into a folder, and return the folder."""
    chance = random.Random(1)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "story.yaml").write_text(_HEADER)
    documents = [_scene(chance, number, scenes) for number in range(scenes)]
    for first in range(0, scenes, _PER_FILE):
        (folder / f"part-{first:05}.yaml").write_text("".join(documents[first : first + _PER_FILE]))
    return folder


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(count)).capitalize() + "."


def _scene(chance: random.Random, number: int, scenes: int) -> str:
    choices = "".join(_choice(chance, place, number, scenes) for place in range(3))
    return f"""---
id: s{number}
title: Scene {number}
text:
  - |
    {_words(chance, 40)}
    {_words(chance, 40)}
  - if: anger > {chance.randrange(9)}
    text: {_words(chance, 40)}
choices:
{choices}"""


def _choice(chance: random.Random, place: int, number: int, scenes: int) -> str:
    condition = ["", f"    if: trust < {chance.randrange(1, 5)} or {chance.choice(['met', 'not met', 'anger > 2'])}\n"][bool(place)]
    target = chance.randrange(scenes) if place else (number + 1) % scenes
    return (
        f"  - id: c{place}\n    text: {_words(chance, 6)}\n{condition}    to: s{target}\n    add: {{trust: {chance.choice([1, -1])}}}\n"
        + ("    set: {met: true}\n" if place == 1 else "")
    )
