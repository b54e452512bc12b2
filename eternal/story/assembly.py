"""The documents of a pack, put together: the header, the scenes, and where each stands.

A scene with mistakes is still known by its name, so that one mistake in it does not make every way to it another, and
what is wrong between the scenes can be said in the same run.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from msgspec import ValidationError, convert

from eternal.story.decoding import decode
from eternal.story.diagnostics import Finding, finding
from eternal.story.known import Known, Origin
from eternal.story.reader import Reading, Tree, read
from eternal.story.rules import Rules
from eternal.story.schema import Choice, Fragment, Header, Scene
from eternal.story.story import Index
from eternal.story.validate import explain, stray_variables

__all__ = ["MAX_MISTAKES", "Assembly"]

#: A story with more mistakes than this has one, which makes all the others: the first are enough.
MAX_MISTAKES = 1_000


class Assembly:
    """The scenes of a pack as its files are taken, one after the other, the header's first.

    Attributes:
        header: what `story.yaml` says, once it could be understood.
        scenes: the scenes that could be understood, by id.
        broken: what is known of those that could not.
        origins: where each of them stands.
        findings: what is wrong so far.
        whole: whether the names of all scenes are known.
    """

    def __init__(self, findings: list[Finding], reading: Callable[[str, str], Reading] = read) -> None:
        """Begin with what finding the pack's files has found, and with what reads them."""
        self._reading = reading
        self.header: Header | None = None
        self.header_file = ""
        self.scenes: dict[str, Scene] = {}
        self.broken: dict[str, Scene] = {}
        self.origins: dict[str, Origin] = {}
        self._doubtful: frozenset[str] = frozenset()
        self.findings = findings
        self.whole = not findings

    @property
    def is_full(self) -> bool:
        """Whether so much is wrong that nothing more needs to be read."""
        return len(self.findings) > MAX_MISTAKES

    def take(self, name: str, data: bytes) -> None:
        """Read a file and take its documents."""
        is_header, self.header_file = not self.header_file, self.header_file or name
        text, problems = decode(name, data)
        self.findings += problems
        if problems and not text:
            self.whole = False
            return
        reading = self._reading(name, text)
        self.findings += reading.findings
        self.whole &= reading.whole
        if is_header and reading.whole and not reading.documents:
            self.findings.append(finding("E011", name, problem="story.yaml is empty"))
        for number, tree in enumerate(reading.documents):
            if is_header and number == 0:
                if number not in reading.lost:
                    self._take_header(tree, name)
            elif number in reading.spoilt or number in reading.lost:
                self._take_broken(tree, name, number)
            else:
                self._take_scene(tree, name, number)

    def check(self) -> Index | None:
        """Check what must hold between the parts; return the story's tables if nothing is wrong with it."""
        # While files are missing, what is not there says nothing.
        if self.header is None or not self.whole or self.is_full:
            return None
        scenes = self.broken | self.scenes if self.broken else self.scenes
        broken, doubtful = frozenset(self.broken), self._doubtful
        known = Known(self.header, self.header_file, scenes, self.origins, broken=broken, doubtful=doubtful, most=MAX_MISTAKES)
        rules = Rules(known)
        self.findings += rules.run()
        return None if self.findings else rules.index

    def _take_header(self, tree: Tree, name: str) -> None:
        self.header = self._struct(tree, Header, name, 0, "the story")
        if self.header is not None:
            strays = list(stray_variables(tree, name))
            self.findings += strays
            self._doubtful = frozenset(str(found.path[-1]) for found in strays)

    def _take_scene(self, tree: Tree, name: str, number: int) -> None:
        scene = self._struct(tree, Scene, name, number, "a scene")
        if scene is None:
            self._take_broken(tree, name, number)
        elif scene.id in self.scenes:
            self.findings.append(finding("E024", name, number, ("id",), id=scene.id, other=self.origins[scene.id][0]))
        else:
            self.scenes[scene.id] = scene
            self.origins[scene.id] = (name, number)

    def _take_broken(self, tree: Tree, name: str, number: int) -> None:
        if isinstance(tree, dict) and isinstance(tree.get("id"), str) and tree["id"] not in self.origins:
            self.broken[tree["id"]] = _salvaged(tree)
            self.origins[tree["id"]] = (name, number)

    def _struct(self, tree: Tree, kind: type, name: str, number: int, owner: str) -> Any:
        try:
            return convert(tree, kind, strict=False)
        except ValidationError as error:
            explained = list(islice(explain(tree, kind, name, number, owner), MAX_MISTAKES + 1))
            self.findings += explained or [finding("E023", name, number, problem=str(error))]
            return None


def _salvaged(tree: dict[str, Any]) -> Scene:
    """Return what others may name of a scene with mistakes: its id, its choices' and its fragments'."""
    choices, fragments = tree.get("choices"), tree.get("fragments")
    listed = choices if isinstance(choices, list) else []
    named = fragments if isinstance(fragments, dict) else {}
    return Scene(
        id=tree["id"],
        title="…",
        text="…",
        choices=tuple(Choice(id=c["id"], text="…") for c in listed if isinstance(c, dict) and isinstance(c.get("id"), str)),
        fragments={name: Fragment(motif="…", line="…") for name in named},
    )
