"""What is known of a story while it is checked: what its names mean, where the check stands, and what it has found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from eternal.story.diagnostics import Finding, Path, finding
from eternal.story.expr import BUILTINS, FUNCTIONS
from eternal.story.hints import did_you_mean
from eternal.story.schema import RESERVED, Header, Scene
from eternal.story.types import ANY, WHERE_DECLARED, Scope, Type, variable_type

__all__ = ["Enough", "Known", "Origin"]

#: Where a scene stands: file and number of the document.
Origin = tuple[str, int]


class Enough(Exception):
    """So much is wrong that the rest would only be more of the same."""


class Known:
    """The names of a story, and the findings so far.

    Attributes:
        motifs: the motifs that are declared.
        types: of each variable.
        fragments: each with the scene that declares it.
        scope: what the names in conditions can mean.
        findings: what is wrong.
    """

    def __init__(
        self,
        header: Header,
        header_file: str,
        scenes: Mapping[str, Scene],
        origins: Mapping[str, Origin],
        *,
        broken: frozenset[str] = frozenset(),
        doubtful: frozenset[str] = frozenset(),
        most: int = 1_000,
    ) -> None:
        """Take the structs as the schema has passed them.

        Args:
            header: what `story.yaml` says.
            header_file: the name of that file.
            scenes: every scene by its id.
            origins: where each of them stands.
            broken: the scenes that the schema has not passed: they are only names.
            doubtful: the variables whose declaration is wrong: they go with everything.
            most: after how many findings to stop.
        """
        self.header = header
        self.scenes = scenes
        self.broken = broken
        self.motifs = dict.fromkeys(header.motifs)
        self.fragments: dict[str, str] = {}
        self.types: dict[str, Type] = {name: variable_type(spec) for name, spec in header.variables.items()}
        self.types |= dict.fromkeys(doubtful, ANY)
        self.scope = self._scope()
        self.findings: list[Finding] = []
        self._most = most
        self._origins = origins
        self._top: Origin = (header_file, 0)
        self._at = self._top

    def _scope(self) -> Scope:
        broken = self.broken
        heads = {s.id: s for s in self.scenes.values() if (s.part_of is None and s.kind in ("memory", "refuge")) or s.id in broken}
        endings = {s.id: s for s in self.scenes.values() if s.kind == "ending" or s.id in broken}
        ids: dict[str, Mapping[str, object]] = {
            "fragment": self.fragments, "scene": self.scenes, "erasable": heads,
            "memento": self.header.mementos, "motif": self.motifs, "ending": endings,
        }  # fmt: skip
        choices = {s.id: frozenset(c.id for c in s.choices) for s in self.scenes.values()}
        return Scope(variables=self.types, ids=ids, choices=choices)

    def declare(self) -> None:
        """Collect the fragments, and refuse names that are taken."""
        for name in self.header.variables:
            if name in BUILTINS or name in FUNCTIONS or name in ("true", "false"):
                self.report("E027", ("variables", name), at_key=True, id=name)
        for scene in self.scenes.values():
            self.stand_at(scene)
            if scene.id in RESERVED:
                self.report("E027", ("id",), id=scene.id)
            for name in scene.fragments:
                if name in self.fragments:
                    self.report("E026", ("fragments", name), at_key=True, id=name, other=self.fragments[name])
                self.fragments.setdefault(name, scene.id)
        self._at = self._top

    def stand_at(self, scene: Scene) -> None:
        """Go to a scene: what is reported from here on stands in it."""
        self._at = self._origins[scene.id]

    def report(self, code: str, path: Path, **more: Any) -> None:
        """Note that something is wrong at a path of the document one stands at.

        Raises:
            Enough: there is no room for more.
        """
        if len(self.findings) > self._most:
            raise Enough
        self.findings.append(finding(code, *self._at, path, **more))

    def unknown(self, code: str, path: Path, name: str, known: Iterable[str], **more: Any) -> None:
        """Report a name that means nothing, with the nearest that does, or with where to declare it."""
        self.report(code, path, id=name, hint=did_you_mean(name, known) or WHERE_DECLARED.get(code, ""), **more)

    def scene_exists(self, scene: str, path: Path) -> None:
        """Report a scene that there is not."""
        if scene not in self.scenes:
            self.unknown("E012", path, scene, self.scenes)

    def motif_exists(self, motif: str, path: Path) -> None:
        """Report a motif that is not declared."""
        if motif not in self.motifs:
            self.unknown("E032", path, motif, self.motifs)
