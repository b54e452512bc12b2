"""What still matters from each scene on: two states of a scene that differ in nothing of it go on alike.

The same analysis that a compiler makes of variables, over the ways between scenes. A bit is live in a scene if the scene
asks for it, or if it is live in a scene that can follow and nothing on the way there overwrites it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eternal.engine.fast.layout import Layout
from eternal.engine.fast.masks import given, hidden, read_mask
from eternal.engine.fast.options import beats_of, fragment_tests
from eternal.engine.fast.reads import conditions_of
from eternal.story.schema import NEXT, Choice, Effects, Scene

__all__ = ["live_masks"]


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
        self.holding = self._holding()
        self.live = dict(self.asked)

    def run(self) -> tuple[int, ...]:
        """Repeat until nothing new is live anywhere."""
        order = list(self.story.scenes.values())[::-1]
        changed = True
        while changed:
            changed = False
            night = self._anywhere()
            for scene in order:
                found = self._let_go(scene, self.live[scene.id] | self._noticed(scene, self._after(scene, night)))
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
        found = layout.mask(("hand",)) | hidden(layout)
        for name, bits in layout.bits.items():
            if name[0] in names or (name[0] == "given" and story.lit_by) or (name[0] == "heat" and story.machine and story.machine.hunt):
                found |= bits.mask
        for outside in story.index.outside:
            due = story.scenes[outside].due
            found |= read_mask(layout, due, outside) if due is not None else 0
        for head in story.position:  # asked before one is there: what entering it changes is not changed yet
            opens = story.scenes[head].open
            found |= read_mask(layout, opens, head) if opens is not None else 0
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

    def _holding(self) -> set[str]:
        """Return the scenes in which something can be in hand: those with words to keep, and what follows them until the morning."""
        story = self.story
        found = {scene.id for scene in story.scenes.values() if fragment_tests(self.layout, scene)}
        stack = list(found)
        while stack:
            scene = story.scenes[stack.pop()]
            leads = {*story.targets(scene), *(self.crossroads if self._leads_anywhere(scene) else ())}
            leads -= {story.machine.morning} if story.machine is not None else set()
            stack += leads - found
            found |= leads
        return found

    def _leads_anywhere(self, scene: Scene) -> bool:
        """Tell whether a night can lead on from a scene to wherever it can lead at all."""
        choices = any(choice.to == NEXT or beats_of(self.layout, scene, choice) for choice in scene.choices)
        away = any(self.story.head(to) in self.story.position for to in self.story.targets(scene))
        return choices or away or scene.kind == "outside" or self._wanders(scene)

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
            found |= given(layout) | hidden(layout)
        return found

    def _let_go(self, scene: Scene, found: int) -> int:
        """Add what is asked when words are let go of: they are lost if their place is, and if they are in hand."""
        lost = found & self.layout.mask(("lost",))
        if not lost or scene.id not in self.holding:
            return found
        return found | self._strengths() | lost >> len(self.layout.fragments)

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
