"""What must hold between the parts of a story.

Every name must lead somewhere, every condition and text must parse, and each scene must make sense for its kind.
Findings carry paths, not lines: places are worked out only if there is something to say.
"""

from __future__ import annotations

import ast
from contextlib import suppress

from eternal.story import expr, types
from eternal.story.claims import read_claim
from eternal.story.contents import Contents
from eternal.story.diagnostics import Finding, Path
from eternal.story.known import Enough, Known
from eternal.story.schema import NEXT, RESERVED, Bounded, Choice, Scene
from eternal.story.story import Index
from eternal.story.tables import index_of

__all__ = ["Rules"]

#: How to speak of a scene of a kind.
_A = {"waking": "a waking scene", "memory": "a memory", "refuge": "a refuge", "outside": "an outside scene", "ending": "an ending"}


class Rules:
    """One check of one story. `run` returns the findings; afterwards `index` holds the tables."""

    def __init__(self, known: Known) -> None:
        """Take what the schema has passed, with its names."""
        self.known = known
        self.header = known.header
        self.scenes = known.scenes
        self._contents = Contents(known)

    def run(self) -> list[Finding]:
        """Check everything, scene by scene, and return what is wrong."""
        with suppress(Enough):
            self.known.declare()
            self._check_header()
            for scene in self.scenes.values():
                if scene.id not in self.known.broken:
                    self.known.stand_at(scene)
                    self._check_scene(scene)
        return self.known.findings

    @property
    def index(self) -> Index:
        """The tables, once `run` has found nothing wrong."""
        return index_of(self.scenes, self.known.fragments, self._contents.tracked)

    # The header -------------------------------------------------------------------------------------------------

    def _check_header(self) -> None:
        header = self.header
        self.known.scene_exists(header.start, ("start",))
        for name, spec in header.variables.items():
            if isinstance(spec, Bounded):
                self._check_bounds(spec, ("variables", name))
        for name, memento in header.mementos.items():
            self.known.motif_exists(memento.motif, ("mementos", name, "motif"))
            for number, scene in enumerate(memento.lights):
                self._check_lit(scene, ("mementos", name, "lights", number))
        for number, scene in enumerate(header.endings):
            self.known.scene_exists(scene, ("endings", number))
            if scene in self.scenes and scene not in self.known.scope.ids["ending"]:
                self.known.report("E035", ("endings", number), id=scene)
        self._check_machine()
        for number, claim in enumerate(header.claims):
            self._check_claim(claim, ("claims", number))

    def _check_claim(self, text: str, path: Path) -> None:
        """Check a claim's form and its condition, which the night need not remember anything for."""
        claim = read_claim(text)
        if claim is None:
            self.known.report("E078", path, problem="a claim is 'never: CONDITION', 'possible: CONDITION' or 'always eventually: ending'")
            return
        if claim.kind == "always eventually":
            return
        try:
            tree = types.checked(claim.about, self.known.scope)
        except expr.ConditionError as error:
            self.known.report(error.code, path, hint=error.hint, offset=claim.offset + error.column, width=error.width, **error.args_)
            return
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in ("visits", "integrity"):
                problem = f"{node.id!r} is of one scene; a claim is about the whole story"
                self.known.report("E078", path, problem=problem, offset=claim.offset + node.col_offset, width=len(node.id))

    def _check_bounds(self, spec: Bounded, path: Path) -> None:
        if not spec.min <= spec.start <= spec.max:
            self.known.report("E076", path, min=spec.min, start=spec.start, max=spec.max)

    def _check_lit(self, scene: str, path: Path) -> None:
        self.known.scene_exists(scene, path)
        if scene in self.scenes and scene not in self.known.scope.ids["erasable"]:
            self.known.report("E036", path, id=scene)

    def _check_machine(self) -> None:
        machine = self.header.machine
        if machine is None:
            return
        self.known.scene_exists(machine.morning, ("machine", "morning"))
        if machine.broken is not None:
            self.known.scene_exists(machine.broken, ("machine", "broken"))
        if machine.breaks is not None and machine.broken is None:
            self.known.report("E074", ("machine", "breaks"), at_key=True, field="breaks", other="broken")
        self._check_bounds(machine.lucidity, ("machine", "lucidity"))
        if machine.turn is not None:
            self._contents.condition(machine.turn, ("machine", "turn"), None)

    # Scenes -----------------------------------------------------------------------------------------------------

    def _check_scene(self, scene: Scene) -> None:
        self._check_kind(scene)
        if "{" in scene.title:
            self._contents.values(scene.title, ("title",))
        for number, motif in enumerate(scene.motifs):
            self.known.motif_exists(motif, ("motifs", number))
        for name, fragment in scene.fragments.items():
            self.known.motif_exists(fragment.motif, ("fragments", name, "motif"))
        if scene.open is not None:
            self._contents.condition(scene.open, ("open",), scene)
        if scene.due is not None:
            self._contents.condition(scene.due, ("due",), scene)
        self._contents.texts(scene)
        for field in ("enter", "leave"):
            effects = getattr(scene, field)
            if effects is not None:
                self._contents.effects(effects, (field,))
        seen: set[str] = set()
        for number, choice in enumerate(scene.choices):
            self._check_choice(scene, choice, ("choices", number), seen)

    def _check_kind(self, scene: Scene) -> None:
        goes_on = bool(scene.choices)
        if scene.kind == "ending" and goes_on:
            self.known.report("E071", ("choices",), at_key=True)
        drifts = self.header.machine is not None and scene.kind in ("memory", "refuge")
        if not goes_on and scene.kind != "ending" and not drifts:
            self.known.report("E070", ("id",), id=scene.id)
        if scene.due is not None and scene.kind != "outside":
            self.known.report("E075", ("due",), at_key=True)
        if scene.part_of is not None:
            self._check_part(scene, scene.part_of)

    def _check_part(self, scene: Scene, whole: str) -> None:
        self.known.scene_exists(whole, ("part_of",))
        head = self.scenes.get(whole)
        if head is None or whole in self.known.broken:
            return
        if head.part_of is not None:
            self.known.report("E072", ("part_of",), id=whole, head=head.part_of)
        elif scene.kind not in ("memory", "refuge"):
            problem = f"a scene of kind {scene.kind} has no parts and is none; only memories and refuges are"
            self.known.report("E073", ("part_of",), problem=problem)
        elif head.kind != scene.kind:
            problem = f"this is a {scene.kind}, and {whole!r} is {_A[head.kind]}: a part must be of the kind of the whole"
            self.known.report("E073", ("part_of",), problem=problem)

    def _check_choice(self, scene: Scene, choice: Choice, path: Path, seen: set[str]) -> None:
        if choice.id in seen:
            self.known.report("E025", (*path, "id"), id=choice.id)
        if choice.id in RESERVED:
            self.known.report("E027", (*path, "id"), id=choice.id)
        seen.add(choice.id)
        if "{" in choice.text:
            self._contents.values(choice.text, (*path, "text"))
        if choice.to == NEXT:
            if self.header.machine is None:
                self.known.report("E077", (*path, "to"))
        elif choice.to is not None:
            self._check_way(scene, choice.to, (*path, "to"))
        if choice.beats and scene.kind == "waking" and self.header.machine is not None:
            self.known.report("E079", (*path, "beats"))
        if choice.if_ is not None:
            self._contents.condition(choice.if_, (*path, "if"), scene)
        if choice.set or choice.add or choice.give:
            self._contents.effects(choice, path)
        if choice.answer is not None:
            self._contents.text(choice.answer, (*path, "answer"), scene, links=False)

    def _check_way(self, scene: Scene, to: str, path: Path) -> None:
        self.known.scene_exists(to, path)
        if scene.kind != "outside" and to in self.scenes and to not in self.known.broken and self.scenes[to].kind == "outside":
            self.known.report("E080", path, id=to)
