"""What must hold between the parts of a story, and the tables that come of checking it.

Every name must lead somewhere, every condition and text must parse, and each scene must make sense for its kind.
Findings carry paths, not lines: places are worked out only if there is something to say.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from eternal.story import expr, markup, types
from eternal.story.claims import read_claim
from eternal.story.diagnostics import Finding, Path, finding
from eternal.story.expr import BUILTINS, FUNCTIONS
from eternal.story.hints import did_you_mean
from eternal.story.schema import NEXT, RESERVED, Block, Bounded, Choice, Effects, Header, Scene
from eternal.story.story import Index, Tracked
from eternal.story.types import WHERE_DECLARED, Scope, Type
from eternal.story.values import fits, hour_of, kind_of

__all__ = ["Origin", "Rules"]

#: Where a scene stands: file and number of the document.
Origin = tuple[str, int]


#: How to speak of a scene of a kind.
_A = {"waking": "a waking scene", "memory": "a memory", "refuge": "a refuge", "outside": "an outside scene", "ending": "an ending"}


class _Enough(Exception):
    """So much is wrong that the rest would only be more of the same."""


class Rules:
    """One check of one story. `run` returns the findings; afterwards `index` holds the tables."""

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
        self.header_file = header_file
        self.scenes = scenes
        self.origins = origins
        self.broken = broken
        self.most = most
        self.motifs = dict.fromkeys(header.motifs)
        self.fragments: dict[str, str] = {}
        self.visits: set[str] = set()
        self.chosen: set[tuple[str, str]] = set()
        self.findings: list[Finding] = []
        self.types: dict[str, Type] = {name: types.variable_type(spec) for name, spec in header.variables.items()}
        self.types |= dict.fromkeys(doubtful, types.ANY)
        self.scope: Scope
        self._passed: dict[str, ast.expr] = {}
        self._at: Origin = (header_file, 0)

    def run(self) -> list[Finding]:
        """Check everything, scene by scene, and return what is wrong."""
        with suppress(_Enough):
            self._declare()
            self.scope = self._scope()
            self._check_header()
            for scene in self.scenes.values():
                if scene.id not in self.broken:
                    self._at = self.origins[scene.id]
                    self._check_scene(scene)
        return self.findings

    @property
    def index(self) -> Index:
        """The tables, once `run` has found nothing wrong."""
        heads = [scene for scene in self.scenes.values() if scene.part_of is None]
        memories = sorted((s for s in heads if s.kind == "memory"), key=lambda s: s.when or "", reverse=True)
        outside = sorted((s for s in heads if s.due is not None), key=lambda s: hour_of(s.when))
        return Index(
            # A refuge is on the player's map once it has been entered.
            tracked=Tracked(visits=frozenset(self.visits.union(s.id for s in heads if s.kind == "refuge")), choices=frozenset(self.chosen)),
            memories=tuple(s.id for s in memories),
            refuges=tuple(s.id for s in heads if s.kind == "refuge"),
            outside=tuple(s.id for s in outside),
            fragments=self.fragments,
        )

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

    def _unknown(self, code: str, path: Path, name: str, known: Iterable[str], **more: Any) -> None:
        """Report a name that means nothing, with the nearest that does, or with where to declare it."""
        self._report(code, path, id=name, hint=did_you_mean(name, known) or WHERE_DECLARED.get(code, ""), **more)

    def _report(self, code: str, path: Path, **more: Any) -> None:
        if len(self.findings) > self.most:
            raise _Enough
        self.findings.append(finding(code, *self._at, path, **more))

    # Names ------------------------------------------------------------------------------------------------------

    def _declare(self) -> None:
        """Collect the fragments, and refuse names that are taken."""
        for name in self.header.variables:
            if name in BUILTINS or name in FUNCTIONS or name in ("true", "false"):
                self._report("E027", ("variables", name), at_key=True, id=name)
        for scene in self.scenes.values():
            self._at = self.origins[scene.id]
            if scene.id in RESERVED:
                self._report("E027", ("id",), id=scene.id)
            for name in scene.fragments:
                if name in self.fragments:
                    self._report("E026", ("fragments", name), at_key=True, id=name, other=self.fragments[name])
                self.fragments.setdefault(name, scene.id)
        self._at = (self.header_file, 0)

    def _scene_exists(self, scene: str, path: Path) -> None:
        if scene not in self.scenes:
            self._unknown("E012", path, scene, self.scenes)

    def _motif_exists(self, motif: str, path: Path) -> None:
        if motif not in self.motifs:
            self._unknown("E032", path, motif, self.motifs)

    # The header -------------------------------------------------------------------------------------------------

    def _check_header(self) -> None:
        header = self.header
        self._scene_exists(header.start, ("start",))
        for name, spec in header.variables.items():
            if isinstance(spec, Bounded):
                self._check_bounds(spec, ("variables", name))
        for name, memento in header.mementos.items():
            self._motif_exists(memento.motif, ("mementos", name, "motif"))
            for number, scene in enumerate(memento.lights):
                self._check_lit(scene, ("mementos", name, "lights", number))
        for number, scene in enumerate(header.endings):
            self._scene_exists(scene, ("endings", number))
            if scene in self.scenes and scene not in self.scope.ids["ending"]:
                self._report("E035", ("endings", number), id=scene)
        self._check_machine()
        for number, claim in enumerate(header.claims):
            self._check_claim(claim, ("claims", number))

    def _check_claim(self, text: str, path: Path) -> None:
        """Check a claim's form and its condition, which the night need not remember anything for."""
        claim = read_claim(text)
        if claim is None:
            self._report("E078", path, problem="a claim is 'never: CONDITION', 'possible: CONDITION' or 'always eventually: ending'")
            return
        if claim.kind == "always eventually":
            return
        try:
            tree = types.checked(claim.about, self.scope)
        except expr.ConditionError as error:
            self._report(error.code, path, hint=error.hint, offset=claim.offset + error.column, width=error.width, **error.args_)
            return
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in ("visits", "integrity"):
                problem = f"{node.id!r} is of one scene; a claim is about the whole story"
                self._report("E078", path, problem=problem, offset=claim.offset + node.col_offset, width=len(node.id))

    def _check_bounds(self, spec: Bounded, path: Path) -> None:
        if not spec.min <= spec.start <= spec.max:
            self._report("E076", path, min=spec.min, start=spec.start, max=spec.max)

    def _check_lit(self, scene: str, path: Path) -> None:
        self._scene_exists(scene, path)
        if scene in self.scenes and scene not in self.scope.ids["erasable"]:
            self._report("E036", path, id=scene)

    def _check_machine(self) -> None:
        machine = self.header.machine
        if machine is None:
            return
        self._scene_exists(machine.morning, ("machine", "morning"))
        if machine.broken is not None:
            self._scene_exists(machine.broken, ("machine", "broken"))
        if machine.breaks is not None and machine.broken is None:
            self._report("E074", ("machine", "breaks"), at_key=True, field="breaks", other="broken")
        self._check_bounds(machine.lucidity, ("machine", "lucidity"))
        if machine.turn is not None:
            self._check_condition(machine.turn, ("machine", "turn"), None)

    # Scenes -----------------------------------------------------------------------------------------------------

    def _check_scene(self, scene: Scene) -> None:
        self._check_kind(scene)
        if "{" in scene.title:
            self._check_values(scene.title, ("title",))
        for number, motif in enumerate(scene.motifs):
            self._motif_exists(motif, ("motifs", number))
        for name, fragment in scene.fragments.items():
            self._motif_exists(fragment.motif, ("fragments", name, "motif"))
        if scene.open is not None:
            self._check_condition(scene.open, ("open",), scene)
        if scene.due is not None:
            self._check_condition(scene.due, ("due",), scene)
        self._check_texts(scene)
        for field in ("enter", "leave"):
            effects = getattr(scene, field)
            if effects is not None:
                self._check_effects(effects, (field,))
        seen: set[str] = set()
        for number, choice in enumerate(scene.choices):
            self._check_choice(scene, choice, ("choices", number), seen)

    def _check_kind(self, scene: Scene) -> None:
        goes_on = bool(scene.choices)
        if scene.kind == "ending" and goes_on:
            self._report("E071", ("choices",), at_key=True)
        drifts = self.header.machine is not None and scene.kind in ("memory", "refuge")
        if not goes_on and scene.kind != "ending" and not drifts:
            self._report("E070", ("id",), id=scene.id)
        if scene.due is not None and scene.kind != "outside":
            self._report("E075", ("due",), at_key=True)
        if scene.part_of is not None:
            self._scene_exists(scene.part_of, ("part_of",))
            head = self.scenes.get(scene.part_of)
            if head is None or head.id in self.broken:
                return
            if head.part_of is not None:
                self._report("E072", ("part_of",), id=head.id, head=head.part_of)
            elif scene.kind not in ("memory", "refuge"):
                self._report(
                    "E073", ("part_of",), problem=f"a scene of kind {scene.kind} has no parts and is none; only memories and refuges are"
                )
            elif head.kind != scene.kind:
                self._report(
                    "E073",
                    ("part_of",),
                    problem=f"this is a {scene.kind}, and {head.id!r} is {_A[head.kind]}: a part must be of the kind of the whole",
                )

    def _check_choice(self, scene: Scene, choice: Choice, path: Path, seen: set[str]) -> None:
        if choice.id in seen:
            self._report("E025", (*path, "id"), id=choice.id)
        if choice.id in RESERVED:
            self._report("E027", (*path, "id"), id=choice.id)
        seen.add(choice.id)
        if "{" in choice.text:
            self._check_values(choice.text, (*path, "text"))
        if choice.to == NEXT:
            if self.header.machine is None:
                self._report("E077", (*path, "to"))
        elif choice.to is not None:
            self._check_way(scene, choice.to, (*path, "to"))
        if choice.beats and scene.kind == "waking" and self.header.machine is not None:
            self._report("E079", (*path, "beats"))
        if choice.if_ is not None:
            self._check_condition(choice.if_, (*path, "if"), scene)
        if choice.set or choice.add or choice.give:
            self._check_effects(choice, path)
        if choice.answer is not None:
            self._check_text(choice.answer, (*path, "answer"), scene, links=False)

    def _check_way(self, scene: Scene, to: str, path: Path) -> None:
        self._scene_exists(to, path)
        if scene.kind != "outside" and to in self.scenes and to not in self.broken and self.scenes[to].kind == "outside":
            self._report("E080", path, id=to)

    # Conditions and effects -------------------------------------------------------------------------------------

    def _check_condition(self, text: str, path: Path, scene: Scene | None) -> None:
        """Check a condition once for each spelling of it, and note what it makes the night remember."""
        tree = self._passed.get(text)
        if tree is None:
            try:
                tree = types.checked(text, self.scope)
            except expr.ConditionError:
                for error in types.problems(text, self.scope):
                    self._report(error.code, path, hint=error.hint, offset=error.column, width=error.width, **error.args_)
                return
            self._passed[text] = tree
        if any(name in text for name in ("visits", "seen", "chose")):  # few have one of these: only those are walked
            self._track(tree, path, scene)

    def _track(self, tree: ast.expr, path: Path, scene: Scene | None) -> None:
        """Note the scenes and choices that a condition makes the night count."""
        for node in ast.walk(tree):
            match node:
                case ast.Name(id="visits" as name):
                    if scene is None:
                        self._report("E046", path, offset=node.col_offset, width=len(name))
                    else:
                        self.visits.add(scene.id)
                case ast.Call(func=ast.Name(id="seen"), args=[ast.Constant(value=str(where))]):
                    self.visits.add(where)
                case ast.Call(func=ast.Name(id="chose"), args=[ast.Constant(value=str(where)), ast.Constant(value=str(what))]):
                    self.chosen.add((where, what))

    def _check_effects(self, effects: Effects, path: Path) -> None:
        for name, value in effects.set.items():
            if name not in self.types:
                self._unknown("E031", (*path, "set", name), name, self.types, at_key=True)
            elif not fits(value, self.types[name], self.header.variables[name]):
                self._report(
                    "E060", (*path, "set", name), value=value, id=name, kind=kind_of(self.types[name], self.header.variables[name])
                )
        for name in effects.add:
            if name not in self.types:
                self._unknown("E031", (*path, "add", name), name, self.types, at_key=True)
            elif self.types[name] not in (types.NUMBER, types.ANY):
                self._report("E061", (*path, "add", name), at_key=True, id=name, kind=self.types[name])
        for number, memento in enumerate(effects.give):
            if memento not in self.header.mementos:
                self._unknown("E033", (*path, "give", number), memento, self.header.mementos)

    # Text -------------------------------------------------------------------------------------------------------

    def _check_texts(self, scene: Scene) -> None:
        if isinstance(scene.text, str):
            self._check_text(scene.text, ("text",), scene, links=True)
        else:
            for number, part in enumerate(scene.text):
                if isinstance(part, str):
                    self._check_text(part, ("text", number), scene, links=True)
                else:
                    self._check_block(part, ("text", number), scene)
        for field in ("collapse", "refuses"):
            text = getattr(scene, field)
            if text is not None:
                self._check_text(text, (field,), scene, links=False)

    def _check_block(self, block: Block, path: Path, scene: Scene) -> None:
        if (block.text is None) == (not block.one_of):
            self._report("E054", path)
        if block.if_ is not None:
            self._check_condition(block.if_, (*path, "if"), scene)
        if block.one_of:
            self.visits.add(scene.id)
        if block.text is not None:
            self._check_text(block.text, (*path, "text"), scene, links=True)
        for number, text in enumerate(block.one_of):
            self._check_text(text, (*path, "one_of", number), scene, links=False)

    def _check_text(self, text: str, path: Path, scene: Scene, *, links: bool) -> None:
        if markup.is_plain(text):
            return
        try:
            parsed = markup.paragraphs(text)
        except markup.MarkupError:
            for error in markup.problems(text):
                self._report(error.code, path, offset=error.offset, width=error.width, **error.args_)
            return
        for paragraph in parsed:
            for run in paragraph.runs:
                if run.keep or run.choose or run.show:
                    self._check_run(run, text, path, scene, links=links)

    def _check_values(self, line: str, path: Path) -> None:
        """Check the variables that a line shows between braces."""
        for shown in markup.SHOWN.finditer(line):
            name = shown.group(1)
            if name not in self.types:
                self._unknown("E052", path, name, self.types, offset=shown.start(1), width=len(name))

    def _check_run(self, run: markup.Run, text: str, path: Path, scene: Scene, *, links: bool) -> None:
        name = run.keep or run.choose or run.show
        lead = "{" if run.show else "(keep:" if run.keep else "(choose:"
        place: dict[str, Any] = {"offset": max(0, text.find(lead + name)) + len(lead), "width": len(name)}
        if run.show and run.show not in self.types:
            self._unknown("E052", path, run.show, self.types, **place)
        if (run.keep or run.choose) and not links:
            what = "a text under one_of" if "one_of" in path else "an answer" if path[-1] == "answer" else f"the text of {path[-1]}"
            self._report("E053", path, what=what, **place)
        elif run.keep and run.keep not in self.fragments:
            self._unknown("E030", path, run.keep, self.fragments, **place)
        elif run.keep and run.keep not in scene.fragments:
            self._report("E037", path, id=run.keep, other=self.fragments[run.keep], **place)
        elif run.choose and run.choose not in (known := [choice.id for choice in scene.choices]):
            self._unknown("E034", path, run.choose, known, scene=scene.id, **place)
