"""Stories made by chance, with everything in them that the rules of the night know: for comparing two ways of playing them."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from eternal.story.load import load
from eternal.story.story import Story

__all__ = ["made_story", "small_story"]

MOTIFS = ("snow", "salt", "wool")
MEMENTOS = ("shell", "glove", "photo")


def made_story(folder: Path, seed: int, *, machine: bool = True) -> Story:
    """Write a story made from a seed into a folder, and load it."""
    return _written(folder, _Maker(Random(seed), machine=machine))


def small_story(folder: Path, rng: Random) -> Story:
    """Write a story made by chance that has few states, with claims of its author's, and load it."""
    maker = _Small(rng, machine=rng.random() < 0.75)
    return _written(folder, maker)


def plain_story(folder: Path, seed: int) -> Story:
    """Write a story made from a seed that has neither machine nor words to keep, and load it."""
    return _written(folder, _Plain(Random(seed), machine=False))


def _written(folder: Path, maker: _Maker) -> Story:
    documents = [maker.header(), *maker.scenes()]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "story.yaml").write_text(json.dumps(documents[0], indent=1))
    (folder / "scenes.yaml").write_text("\n---\n".join(json.dumps(document, indent=1) for document in documents[1:]))
    return load(folder, cached=False)


class _Maker:
    def __init__(self, rng: Random, *, machine: bool) -> None:
        self.rng = rng
        self.machine = machine
        self.memories = [f"m{n}" for n in range(rng.randint(2, 4))]
        self.refuges = [f"r{n}" for n in range(rng.randint(1, 3))]
        self.outside = [f"o{n}" for n in range(rng.randint(0, 3))] if machine else []
        self.waking = ["w0", "w1", "w2"]
        self.parts = {f"{head}-b": head for head in (*self.memories, *self.refuges) if rng.random() < 0.4}
        self.fragments = {
            head: [f"f-{head}-{n}" for n in range(rng.randint(0, 2))] for head in (*self.memories, *self.refuges, "w1", *self.parts)
        }
        self.all_fragments = [fragment for some in self.fragments.values() for fragment in some]

    def header(self) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "id": "made", "title": "Made", "start": "w0",
            "variables": {"calm": {"start": 1, "min": -1, "max": 3}, "met": False, "mood": ["quiet", "loud", "odd"]},
            "motifs": list(MOTIFS),
            "mementos": {name: self._memento(name) for name in MEMENTOS},
            "endings": ["e0", "e1"],
        }  # fmt: skip
        if self.machine:
            plain["machine"] = self._machine()
        return plain

    def _memento(self, name: str) -> dict[str, Any]:
        return {"name": name, "motif": self.rng.choice(MOTIFS), "lights": self.rng.sample(self.memories, self.rng.randint(1, 2))}

    def _machine(self) -> dict[str, Any]:
        rng = self.rng
        rules: dict[str, Any] = {
            "morning": "w1", "rate": rng.randint(1, 2), "carry": rng.randint(1, 3), "dawn": rng.randint(4, 16), "keep": rng.randint(0, 2),
            "hide": rng.choice((0, 0, 1)), "flee": {"beats": rng.randint(0, 2), "heat": rng.randint(0, 2)},
            "lucidity": {"start": 1, "max": 2},
        }  # fmt: skip
        if rng.random() < 0.8:
            rules["hunt"] = {"at": rng.randint(1, 4), "rate": rng.randint(1, 3)}
        if rng.random() < 0.7:
            rules |= {"breaks": rng.randint(1, 4), "broken": "w2"}
        if rng.random() < 0.7:
            rules["wakes_at"] = rng.randint(1, 2)
        if rng.random() < 0.8:
            rules["turn"] = self._condition("w0", own=False)
        return rules

    def scenes(self) -> list[dict[str, Any]]:
        plain = [self._scene(name, "waking") for name in self.waking]
        plain[1]["capacity"] = self.rng.choice((0, 0, 1))
        plain += [self._memory(name, number) for number, name in enumerate(self.memories)]
        plain += [self._scene(name, "refuge") | self._place() | {"capacity": self.rng.randint(0, 2)} for name in self.refuges]
        plain += [
            self._scene(part, "memory" if head in self.memories else "refuge") | {"part_of": head} for part, head in self.parts.items()
        ]
        plain += [self._scene(name, "outside") | {"due": self._condition(name), "when": f"0{n}:00"} for n, name in enumerate(self.outside)]
        return plain + [{"id": name, "kind": "ending", "title": "End", "text": "End."} for name in ("e0", "e1")]

    def _memory(self, name: str, number: int) -> dict[str, Any]:
        more = {"when": f"200{number}", "heart": self.rng.randint(0, 2), "capacity": self.rng.choice((0, 0, 1))}
        return self._scene(name, "memory") | self._place() | more

    def _place(self) -> dict[str, Any]:
        plain: dict[str, Any] = {"strength": self.rng.randint(1, 4), "motifs": self.rng.sample(MOTIFS, self.rng.randint(1, 2))}
        return plain | ({"open": self._condition("w0", own=False)} if self.rng.random() < 0.3 else {})

    def _scene(self, name: str, kind: str) -> dict[str, Any]:
        rng = self.rng
        blocks: list[Any] = ["Words."]
        for fragment in self.fragments.get(name, ()):
            block: dict[str, Any] = {"text": f"[Words](keep:{fragment})."}
            if rng.random() < 0.5:
                block["if"] = self._condition(name)
            if rng.random() < 0.4:
                block["once"] = True
            blocks.append(block)
        plain: dict[str, Any] = {"id": name, "title": "T", "kind": kind, "text": blocks}
        plain["choices"] = [self._choice(name, kind, number) for number in range(rng.randint(1, 3))]
        plain["fragments"] = {fragment: {"motif": rng.choice(MOTIFS), "line": "L."} for fragment in self.fragments.get(name, ())}
        if rng.random() < 0.3:
            plain["enter"] = self._effects()
        if rng.random() < 0.3:
            plain["leave"] = self._effects()
        return plain

    def _choice(self, name: str, kind: str, number: int) -> dict[str, Any]:
        rng = self.rng
        plain: dict[str, Any] = {"id": f"c{number}", "text": "T"} | self._effects()
        to = rng.choice(
            [*self.waking, *self.memories, *self.refuges, *self.parts, "e0", "e1", *(("next", "next", None) if self.machine else ())]
        )
        if kind == "outside" and rng.random() < 0.6:
            to = None
        if to is not None:
            plain["to"] = to
        if rng.random() < 0.5:
            plain["if"] = self._condition(name)
        if rng.random() < 0.3:
            beats = rng.randint(0, 3)
            plain["beats"] = 0 if self.machine and kind == "waking" else beats
        return plain

    def _effects(self) -> dict[str, Any]:
        rng = self.rng
        plain: dict[str, Any] = {}
        if rng.random() < 0.3:
            plain["set"] = rng.choice(({"met": "true"}, {"met": "false"}, {"mood": "odd"}, {"calm": "2"}))
        if rng.random() < 0.4:
            plain["add"] = {"calm": rng.choice((-9, -2, -1, 1, 2, 9))}
        if rng.random() < 0.3:
            plain["give"] = [rng.choice(MEMENTOS)]
        if rng.random() < 0.2:
            plain["wake"] = rng.randint(1, 2)
        if rng.random() < 0.3:
            plain["heat"] = rng.choice((-1, 1, 2))
        return plain

    # Conditions ---------------------------------------------------------------------------------------------------

    def _condition(self, scene: str, *, own: bool = True) -> str:
        first = self._part(scene, own=own)
        if self.rng.random() < 0.4:
            return first
        second = self._part(scene, own=own)
        return f"{first} {self.rng.choice(('and', 'or', 'and not', 'or not'))} ({second})"

    def _part(self, scene: str, *, own: bool) -> str:
        rng = self.rng
        parts = [
            f"calm {rng.choice('<>')} {rng.randint(-1, 3)}", f"-1 < calm <= {rng.randint(0, 3)}", "met", "met == True",
            "mood == 'odd'", "mood in ('quiet', 'odd')", "mood != 'loud'",
            f"heat >= {rng.randint(1, 3)}", f"beat > {rng.randint(1, 9)}", f"lucidity < {rng.randint(1, 2)}",
            f"erased_count >= {rng.randint(1, 2)}", f"refusals >= {rng.randint(1, 2)}", "dissonance > 0", "hands > 0", "remaining >= 1",
            "hands + remaining == 2", "hunted", "turned", "looking", f"gave('{rng.choice(MEMENTOS)}')",
            f"count('{rng.choice(MOTIFS)}') >= 1", "count() > calm", "count('snow') + count('salt') == remaining",
            "hands in (remaining, 2)", "past()", "past('e0')", f"seen('{rng.choice(self.waking)}')", f"chose('w0', 'c0') and seen('{rng.choice(self.memories)}')",
            f"erased('{rng.choice([*self.memories, *self.refuges])}')",
        ]  # fmt: skip
        if own:
            parts += [
                f"visits {rng.choice(('>', '<', '=='))} {rng.randint(1, 2)}",
                f"integrity > {rng.choice((33, 50, 66))}",
                "33 < integrity <= 80",
            ] * 2
            parts.append(f"chose('{scene}', 'c0')")
        if self.all_fragments:
            parts += [f"{rng.choice(('kept', 'hidden', 'lost'))}('{rng.choice(self.all_fragments)}')" for _ in range(4)]
        return rng.choice(parts)


class _Small(_Maker):
    """Makes a story of at most two memories and a refuge, few words to keep, and a short night."""

    def __init__(self, rng: Random, *, machine: bool) -> None:
        super().__init__(rng, machine=machine)
        self.memories, self.refuges, self.outside = self.memories[:2], self.refuges[:1], self.outside[:2]
        heads = (*self.memories, *self.refuges)
        self.parts = {part: head for part, head in self.parts.items() if head in heads}
        places = ("w1", *heads, *self.parts)
        self.fragments = {place: some[:1] for place, some in self.fragments.items() if place in places and rng.random() < 0.5}
        self.all_fragments = [fragment for some in self.fragments.values() for fragment in some]

    def header(self) -> dict[str, Any]:
        plain = super().header()
        if self.machine:
            plain["machine"]["dawn"] = self.rng.randint(2, 6)
        claims = [f"{self.rng.choice(('never', 'possible'))}: {self._condition('w0', own=False)}" for _ in range(4)]
        return plain | {"claims": [*claims, "always eventually: ending"]}


class _Plain(_Maker):
    """Makes a story of choices and variables alone."""

    def __init__(self, rng: Random, *, machine: bool) -> None:
        super().__init__(rng, machine=machine)
        self.fragments, self.all_fragments = {}, []

    def _scene(self, name: str, kind: str) -> dict[str, Any]:
        return super()._scene(name, kind) | {"choices": [self._choice(name, kind, number) for number in range(6)]}

    def _part(self, scene: str, *, own: bool) -> str:
        rng = self.rng
        parts = [
            f"calm {rng.choice('<>')} {rng.randint(-1, 3)}", f"-1 < calm <= {rng.randint(0, 3)}", "met", "mood == 'odd'",
            "mood in ('quiet', 'odd')", "met == (calm > 1)", f"gave('{rng.choice(MEMENTOS)}')", "seen('w1')", "chose('w0', 'c0')",
        ]  # fmt: skip
        return rng.choice([*parts, f"visits {rng.choice('<>')} 1"] if own and scene in self.waking else parts)
