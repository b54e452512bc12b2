"""A loaded story: what the author wrote, and the tables that the engine asks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from eternal.story.catalog import Catalog
from eternal.story.hours import hour_of
from eternal.story.schema import NEXT, Choice, Header, Machine, Scene

__all__ = ["Index", "Story", "Tracked"]


class Tracked(Struct, frozen=True, gc=False):
    """What is remembered because some condition reads it; everything else would only keep equal nights apart."""

    visits: frozenset[str] = frozenset()
    choices: frozenset[tuple[str, str]] = frozenset()


class Index(Struct, frozen=True, gc=False):
    """Tables made once when a story is checked, and kept in its cache."""

    tracked: Tracked
    #: Heads of memories, newest first: the order of erasure.
    memories: tuple[str, ...]
    refuges: tuple[str, ...]
    #: Outside scenes that fall due, in the order of the night.
    outside: tuple[str, ...]
    #: Fragment -> the scene that declares it.
    fragments: dict[str, str]


class Story:
    """A story that has no errors, shared by any number of games: what it says never changes, only what it has looked up grows.

    Attributes:
        header: the file `story.yaml`; `machine`: the rules of the night in it, or None for an ordinary choice story.
        scenes: every scene by its id.
        index: the tables the engine asks.
        digest: 32 hexadecimal digits that change with any byte of the pack.
        pack: where it was loaded from, if from a file or folder.
        catalogs: the languages it can be told in beside its own; faces put them there (`story.catalog.read_catalog`).
        plans: what the engine has looked up of a scene (`engine.plans`), by the scene's id; `written`: of effects, by their identity.
    """

    def __init__(self, header: Header, scenes: Mapping[str, Scene], index: Index, digest: str, pack: Path | None = None) -> None:
        """Take what the loader has checked."""
        self.header = header
        self.machine: Machine | None = header.machine
        self.scenes = MappingProxyType(dict(scenes))
        self.index = index
        self.digest = digest
        self.catalogs: dict[str, Catalog] = {}
        self.pack = pack
        self.plans: dict[str, Any] = {}
        self.written: dict[int, Any] = {}

    def __repr__(self) -> str:
        """Name the story and its size."""
        return f"<Story {self.id!r}: {len(self.scenes)} scenes>"

    @property
    def id(self) -> str:
        """The story's name for saves."""
        return self.header.id

    def head(self, scene: str) -> str:
        """Return the scene that owns `scene`'s strength, motifs and room: itself, or what it is a part of."""
        return self.scenes[scene].part_of or scene

    @cached_property
    def motifs(self) -> dict[str, str]:
        """Every motif and the words of the way along it."""
        declared = self.header.motifs
        return dict(declared) if isinstance(declared, dict) else {motif: f"along the {motif}" for motif in declared}

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each head that can be erased stands in a state's `strength`: memories newest first, then refuges."""
        return {scene: place for place, scene in enumerate((*self.index.memories, *self.index.refuges))}

    @cached_property
    def strengths(self) -> tuple[int, ...]:
        """How strong each of these is while it is whole, in that order."""
        return tuple(self.scenes[scene].strength for scene in self.position)

    @cached_property
    def untouched(self) -> tuple[int, ...]:
        """How often each of these has refused at first: never."""
        return (0,) * len(self.position)

    @cached_property
    def along(self) -> dict[str, tuple[str, ...]]:
        """Motif -> the heads that share it: where flight can lead."""
        ways: dict[str, list[str]] = {}
        for scene in self.position:
            for motif in self.scenes[scene].motifs:
                ways.setdefault(motif, []).append(scene)
        return {motif: tuple(scenes) for motif, scenes in ways.items()}

    @cached_property
    def hours(self) -> dict[str, str]:
        """Outside scene that falls due -> the last hour that is told before it is over, on it or on the pages that follow it."""
        told = {head: [self.scenes[page].when or "" for page in self._follow(head)] for head in self.index.outside}
        return {head: max(hours, key=hour_of) for head, whens in told.items() if (hours := [when for when in whens if ":" in when])}

    def _follow(self, outside: str) -> list[str]:
        """Return an outside scene and the pages outside that lead on from it."""
        pages = [outside]
        for page in pages:  # which grows while it is walked
            found = (self.scenes.get(choice.to or "") for choice in self.scenes[page].choices)
            ways = dict.fromkeys(scene.id for scene in found if scene is not None and scene.kind == "outside" and scene.due is None)
            pages += [way for way in ways if way not in pages]
        return pages

    @cached_property
    def fragments_of(self) -> dict[str, tuple[str, ...]]:
        """Head -> the fragments of its words."""
        found: dict[str, list[str]] = {}
        for fragment, scene in self.index.fragments.items():
            found.setdefault(self.head(scene), []).append(fragment)
        return {scene: tuple(fragments) for scene, fragments in found.items()}

    @cached_property
    def lit_by(self) -> dict[str, frozenset[str]]:
        """Memory -> the mementos that put it on the map."""
        found: dict[str, set[str]] = {}
        for memento, spec in self.header.mementos.items():
            for memory in spec.lights:
                found.setdefault(memory, set()).add(memento)
        return {memory: frozenset(mementos) for memory, mementos in found.items()}

    @cached_property
    def variables(self) -> dict[str, int]:
        """Variable -> its place in a state's `values`."""
        return {name: place for place, name in enumerate(self.header.variables)}

    def choice(self, scene: str, choice: str) -> Choice | None:
        """Return a choice of a scene by its id; None if the scene has no such choice. Raises KeyError for a scene that is none."""
        return next((found for found in self.scenes[scene].choices if found.id == choice), None)

    @cached_property
    def renamed(self) -> dict[tuple[str, ...], str]:
        """What `formerly:` declares: `("scene", old)`, `("choice", scene, old)` or `("fragment", old)` -> the id of today."""
        names: dict[tuple[str, ...], str] = {}
        for scene in self.scenes.values():
            names.update({("scene", old): scene.id for old in scene.formerly})
            names.update({("choice", scene.id, old): choice.id for choice in scene.choices for old in choice.formerly})
            names.update({("fragment", old): name for name, spec in scene.fragments.items() for old in spec.formerly})
        return names

    def targets(self, scene: Scene) -> tuple[str, ...]:
        """Return the scenes that a scene's choices name, without `next`."""
        return tuple(choice.to for choice in scene.choices if choice.to is not None and choice.to != NEXT)
