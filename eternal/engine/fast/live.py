"""What still matters from each scene on: two states of a scene that differ in nothing of it go on alike.

The same analysis that a compiler makes of variables, over the ways between scenes. A bit is live in a scene if the scene
asks for it, or if it is live in a scene that can follow and nothing on the way there overwrites it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from eternal.engine.fast.layout import Layout
from eternal.engine.fast.options import beats_of, fragment_tests
from eternal.engine.fast.reads import conditions_of
from eternal.story.expr import BUILTINS, parse
from eternal.story.schema import NEXT, Choice, Effects, Scene

__all__ = ["live_masks", "read_mask"]


def live_masks(layout: Layout, more: Iterable[str] = ()) -> tuple[int, ...]:
    """Return, for each scene, the bits that matter from there on.

    Args:
        layout: where everything stands.
        more: conditions that are asked in every scene.
    """
    always = layout.scene_mask
    for condition in more:
        always |= read_mask(layout, condition, layout.story.header.start)
    return _Flow(layout, always).run()


def read_mask(layout: Layout, condition: str, scene: str) -> int:
    """Return the bits that a condition of a scene reads."""
    found = 0
    stack: list[ast.AST] = [parse(condition)]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name)
            found |= _called(layout, node.func.id, [str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)])
        elif isinstance(node, ast.Name):
            found |= _named(layout, node.id, scene)
        else:
            stack += ast.iter_child_nodes(node)
    return found


def _named(layout: Layout, name: str, scene: str) -> int:
    if name not in BUILTINS:
        return layout.mask(("variable", name))
    match name:
        case "visits":
            return layout.mask(("visits", scene))
        case "heat" | "beat":
            return layout.mask((name, ""))
        case "integrity":
            return layout.mask(("strength", layout.story.head(scene)))
        case "hands":
            return layout.mask(("hand",))
        case "remaining":
            return _hidden(layout)
        case "erased_count":
            return layout.mask(*(("strength", memory) for memory in layout.story.index.memories))
        case "dissonance":
            return _given(layout) | _hidden(layout)
    return layout.mask((name,))


def _called(layout: Layout, name: str, words: list[str]) -> int:
    match name:
        case "kept":
            return layout.kept(words[0])
        case "hidden":
            return layout.hidden(words[0])
        case "lost":
            return layout.lost(words[0])
        case "count":
            return layout.mask(("hand",)) | _hidden(layout)
        case "seen":
            return layout.mask(("visits", words[0]))
        case "erased":
            return layout.mask(("strength", words[0]))
        case "gave":
            return layout.mask(("given", words[0]))
    return layout.mask((name, *words))


def _hidden(layout: Layout) -> int:
    return layout.mask(*(("at", place) for place in layout.places))


def _given(layout: Layout) -> int:
    return layout.mask(*(("given", memento) for memento in layout.story.header.mementos))


class _Flow:
    """One analysis of one story."""

    def __init__(self, layout: Layout, always: int) -> None:
        self.layout = layout
        self.story = layout.story
        self.always = always
        self.asked = dict.fromkeys(layout.scenes, always)
        for condition in conditions_of(self.story):
            if condition.local:
                self.asked[condition.scene] |= read_mask(layout, condition.text, condition.scene)
        for scene in self.story.scenes.values():
            self.asked[scene.id] |= self._page(scene)
        self.rules = self._rules() if layout.is_night else 0
        self.crossroads = self._crossroads()
        self.live = dict(self.asked)

    def run(self) -> tuple[int, ...]:
        """Repeat until nothing new is live anywhere."""
        order = list(self.story.scenes.values())[::-1]
        changed = True
        while changed:
            changed = False
            night = self._anywhere()
            for scene in order:
                found = self.live[scene.id] | self._noticed(scene, self._after(scene, night))
                if found != self.live[scene.id]:
                    self.live[scene.id] = found
                    changed = True
        return tuple(self.live[scene] for scene in self.layout.scenes)

    # What a scene itself asks -------------------------------------------------------------------------------------

    def _page(self, scene: Scene) -> int:
        """Return the bits that say which words can be kept and hidden here, and which ways still lead somewhere."""
        layout, story = self.layout, self.story
        found = layout.mask(*(("strength", story.head(to)) for to in story.targets(scene)))
        for fragment in fragment_tests(layout, scene):
            found |= layout.kept(fragment) | layout.lost(fragment) | (layout.mask(("hand",)) if story.machine is not None else 0)
        if max(scene.capacity, story.scenes[story.head(scene.id)].capacity):
            found |= layout.mask(("hand",), ("at", story.head(scene.id)))
        for name, bits in layout.bits.items():
            if name[0] == "read" and name[1] == scene.id:
                found |= bits.mask
        return found

    def _rules(self) -> int:
        """Return the bits that the night's own rules ask for wherever beats pass or ways are resolved."""
        layout, story = self.layout, self.story
        names = {"strength", "refused", "refusals", "beat", "hunted", "sweep", "queue", "resume", "shown"}
        found = layout.mask(("hand",)) | _hidden(layout)
        for name, bits in layout.bits.items():
            if name[0] in names or (name[0] == "given" and story.lit_by) or (name[0] == "heat" and story.machine and story.machine.hunt):
                found |= bits.mask
        for outside in story.index.outside:
            due = story.scenes[outside].due
            found |= read_mask(layout, due, outside) if due is not None else 0
        return found | layout.mask(("turned",))

    def _crossroads(self) -> set[str]:
        """Return where a night can lead from anywhere: memories, refuges, outside, the morning, the machine's end."""
        story = self.story
        found = {*story.position, *story.index.outside}
        found.update(to for scene in story.scenes.values() for to in story.targets(scene) if story.head(to) in story.position)
        if story.machine is not None:
            found.update(scene for scene in (story.machine.morning, story.machine.broken) if scene is not None)
        else:
            found.add(story.header.start)
        return found

    # What can follow ----------------------------------------------------------------------------------------------

    def _anywhere(self) -> int:
        """Return what matters when the night may lead anywhere."""
        found = self.rules
        for scene in self.crossroads:
            found |= self._before(scene)
        return found

    def _before(self, scene: str) -> int:
        """Return what matters just before a scene is entered."""
        layout, story = self.layout, self.story
        found = self.live[scene] & ~_overwritten(layout, story.scenes[scene].enter)
        if story.machine is not None and scene == story.machine.morning:
            count, lost = len(layout.fragments), layout.mask(("lost",))
            found = found & ~layout.mask(("hand",), ("sweep",)) | (found & lost) >> count | (self._strengths() if found & lost else 0)
        return found

    def _strengths(self) -> int:
        return self.layout.mask(*(("strength", head) for head in self.story.position))

    def _after(self, scene: Scene, night: int) -> int:
        """Return what matters after any action in a scene."""
        if scene.kind == "ending":
            return 0
        found = night if self._wanders(scene) else 0
        for choice in scene.choices:
            found |= self._choice(scene, choice, night) & ~_overwritten(self.layout, choice)
        return found

    def _wanders(self, scene: Scene) -> bool:
        """Tell whether something other than a choice can lead on from a scene: flight, drifting, time passing over words."""
        return self.story.machine is not None and (scene.kind in ("memory", "refuge") or self.story.machine.hide > 0)

    def _choice(self, scene: Scene, choice: Choice, night: int) -> int:
        if choice.to is None and scene.kind != "outside":
            found = self.live[scene.id]
        elif choice.to is None or choice.to == NEXT:
            found = night
        else:
            found = self._before(choice.to)
            if self.layout.is_night and self.story.head(choice.to) in self.story.position:
                found |= night
        return found | (night if beats_of(self.layout, scene, choice) else 0)

    def _noticed(self, scene: Scene, found: int) -> int:
        """Add what is asked when the turn, and Clementine's looking, are noticed: if those still matter afterwards."""
        layout, machine = self.layout, self.story.machine
        if machine is not None and machine.turn is not None and found & layout.mask(("turned",)):
            found |= read_mask(layout, machine.turn, scene.id)
            found |= _mask_of(read_mask(layout, machine.turn, after) for after in self._nearby(machine.turn))
        if found & layout.mask(("looking",)):
            found |= _given(layout) | _hidden(layout)
        return found

    def _nearby(self, turn: str) -> Iterable[str]:
        """Return the scenes in which the turn may be noticed, if it asks for numbers of their own."""
        return self.layout.scenes if "visits" in turn or "integrity" in turn else ()


def _mask_of(masks: Iterator[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _overwritten(layout: Layout, effects: Effects | None) -> int:
    """Return the bits that effects give a value whatever it was."""
    return layout.mask(*(("variable", name) for name in effects.set)) if effects is not None else 0
