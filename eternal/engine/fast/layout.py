"""Where everything that can change what follows stands in one whole number.

The scene stands in the lowest bits. What no condition and no rule reads has no place at all, and counters stop where
nobody looks further: two states that go on alike are one number.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import force_setattr

from eternal.engine.fast.reads import Reads, reads_of
from eternal.story import markup
from eternal.story.schema import Bounded, blocks_of
from eternal.story.story import Story

__all__ = ["Bits", "Layout", "layout_of"]

#: How far a counter is counted that takes part in a sum.
_FAR = 4_095


class Bits(Struct, frozen=True):
    """A stretch of bits: where it begins, its largest value, what its value 0 stands for, and all of its bits in their place."""

    shift: int
    top: int
    zero: int = 0
    mask: int = 0

    def __post_init__(self) -> None:
        """Work the mask out once: stepping asks for it by the million."""
        force_setattr(self, "mask", ((1 << self.top.bit_length()) - 1) << self.shift)

    @property
    def one(self) -> int:
        """Its lowest bit, in its place."""
        return 1 << self.shift

    def put(self, value: int) -> int:
        """Return a value in its place."""
        return (value - self.zero) << self.shift

    def get(self, packed: int) -> int:
        """Return the value that a state has here."""
        return ((packed & self.mask) >> self.shift) + self.zero


class Layout:
    """The places of a story's packed states.

    Attributes:
        bits: every place by its name: `("variable", name)`, `("visits", scene)`, `("chose", scene, choice)`, `("strength", head)` …
        fragments: the fragments that can be kept at all, in the order of their bits.
        places: heads where something can be hidden, in the order of their bits.
        loose: counters that are cut off though a condition may look further; a state that stands there is not exact.
        full: all bits.
        written: the sources of conditions that have been written, each with its scene if that matters.
    """

    def __init__(self, story: Story, more: Iterable[str] = ()) -> None:
        """Lay a story out; `more` are conditions that are asked in every scene."""
        self.story = story
        self.reads: Reads = reads_of(story, more)
        self.scenes = tuple(story.scenes)
        self.number = {scene: number for number, scene in enumerate(self.scenes)}
        self.bits: dict[tuple[str, ...], Bits] = {}
        self.loose: list[tuple[str, ...]] = []
        self.written: dict[tuple[str, str], str] = {}
        self.fragments = tuple(f for f in story.index.fragments if f in _linked(story))
        self.bit_of = {fragment: number for number, fragment in enumerate(self.fragments)}
        self.places = tuple(dict.fromkeys(story.head(s.id) for s in story.scenes.values() if s.capacity)) if self.fragments else ()
        #: Whether something can come between a choice and where it leads: a machine, or scenes outside.
        self.is_night = story.machine is not None or any(scene.kind == "outside" for scene in story.scenes.values())
        self._at = 0
        self._lay()
        self.full = (1 << self._at) - 1
        self.scene_mask = self.bits["scene",].mask
        self.local = {head: self._local(head) for head in story.position} if story.machine else {}

    def __getitem__(self, name: tuple[str, ...]) -> Bits:
        """Return a place that is known to be there."""
        return self.bits[name]

    def mask(self, *names: tuple[str, ...]) -> int:
        """Return the bits of several places together; a place that is not there has none."""
        found = 0
        for name in names:
            if name in self.bits:
                found |= self.bits[name].mask
        return found

    # Laying out ---------------------------------------------------------------------------------------------------

    def _add(self, name: tuple[str, ...], top: int, zero: int = 0) -> None:
        if top > 0:
            self.bits[name] = Bits(self._at, top, zero)
            self._at += top.bit_length()

    def _lay(self) -> None:
        story, reads = self.story, self.reads
        self._add(("scene",), max(1, len(self.scenes) - 1))
        for name, spec in story.header.variables.items():
            if name in reads.variables:
                zero = spec.min if isinstance(spec, Bounded) else 0
                self._add(("variable", name), _top(spec), zero)
        for call in sorted(reads.calls):
            if call[0] in ("chose", "past"):
                self._add(call, 1)
        for counter, limit in sorted(reads.limits.items(), key=lambda item: item[0]):
            if counter[0] == "visits":
                self._count(counter, limit)
        self._lay_fragments()
        self._lay_given()
        self._lay_heat()
        if self.is_night:
            self._lay_places()
        if story.machine is not None:
            self._lay_machine()

    def _lay_places(self) -> None:
        for head in self.story.position:
            self._add(("strength", head), self.story.scenes[head].strength)
        if any(scene.kind == "outside" for scene in self.story.scenes.values()):
            self._add(("resume",), len(self.scenes))
        for outside in self.story.index.outside:
            self._add(("shown", outside), 1)

    def _count(self, name: tuple[str, ...], limit: int | None, least: int = 0) -> None:
        if limit is None:
            self.loose.append(name)
        self._add(name, max(_FAR, least) if limit is None else max(limit + 1, least, 1))

    def _lay_fragments(self) -> None:
        count = len(self.fragments)
        for name in ("hand", "lost"):
            self._add((name,), (1 << count) - 1)
        for place in self.places:
            self._add(("at", place), (1 << count) - 1)
        most = 0
        for scene in self.story.scenes.values():
            once = [n for n, block in enumerate(blocks_of(scene.text)) if block.once and block.text and "](keep:" in block.text]
            most = max(most, len(once))
            for number in once:
                self._add(("read", scene.id, str(number)), 1)
        self._add(("page",), (1 << most) - 1)  # which of them stand on the page that an action is taken on; none between actions

    def _lay_given(self) -> None:
        reads = self.reads
        lights = self.story.machine is not None and bool(self.story.lit_by)
        for memento in self.story.header.mementos:
            if lights or ("gave", memento) in reads.calls or "dissonance" in reads.names or self._looks():
                self._add(("given", memento), 1)

    def _looks(self) -> bool:
        """Tell whether it matters that Clementine begins to look."""
        machine = self.story.machine
        return machine is not None and machine.wakes_at is not None and "looking" in self.reads.names

    def _lay_machine(self) -> None:
        story, reads, rules = self.story, self.reads, self.story.machine
        assert rules is not None
        for head in story.position:
            if story.scenes[head].heart and story.fragments_of.get(head):
                self._add(("refused", head), story.scenes[head].heart)
        hearts = sum(self.bits["refused", head].top for head in story.position if ("refused", head) in self.bits)
        if rules.breaks is not None or "refusals" in reads.names:
            self._add(("refusals",), hearts)
        self._count(("beat", ""), reads.limits.get(("beat", ""), 0), rules.dawn)
        if "lucidity" in reads.names:
            self._add(("lucidity",), rules.lucidity.max - rules.lucidity.min, rules.lucidity.min)
        self._add(("turned",), 1)
        if self._looks():
            self._add(("looking",), 1)

    def _lay_heat(self) -> None:
        hunt = self.story.machine.hunt if self.story.machine else None
        read = ("heat", "") in self.reads.limits
        if hunt is not None:
            self._add(("hunted",), 1)
            self._add(("sweep",), 1)
            width = len(self.story.index.refuges).bit_length()
            self._add(("queue",), (1 << width * len(self.story.index.refuges)) - 1)
        if hunt is not None or read:
            limit = self.reads.limits.get(("heat", ""), 0)
            self._count(("heat", ""), None if _cools(self.story) else limit, hunt.at if hunt else 0)

    def _local(self, head: str) -> int:
        """Return the bits that only the scenes of a head ask about: once it is erased they say nothing any more."""
        story, own = self.story, 0
        scenes = {scene.id for scene in story.scenes.values() if story.head(scene.id) == head}
        for name, bits in self.bits.items():
            if name[0] in ("chose", "visits", "read") and name[1] in scenes and self._askers(name) <= scenes:
                own |= bits.mask
        for fragment in story.fragments_of.get(head, ()):
            if fragment in self.bit_of and self.reads.scenes_of.get(("lost", fragment), set()) <= scenes:
                own |= self.lost(fragment)
        return own

    def _askers(self, name: tuple[str, ...]) -> set[str]:
        return {name[1]} if name[0] == "read" else self.reads.scenes_of.get(name, set())

    # Fragments ----------------------------------------------------------------------------------------------------

    def hand(self, fragment: str) -> int:
        """Return the bit of a fragment in hand."""
        return self.bits["hand",].one << self.bit_of[fragment] if fragment in self.bit_of else 0

    def lost(self, fragment: str) -> int:
        """Return the bit of a lost fragment."""
        return self.bits["lost",].one << self.bit_of[fragment] if fragment in self.bit_of else 0

    def hidden(self, fragment: str) -> int:
        """Return the bits of a fragment hidden in any place."""
        if fragment not in self.bit_of:
            return 0
        return sum(self.bits["at", place].one << self.bit_of[fragment] for place in self.places)

    def kept(self, fragment: str) -> int:
        """Return the bits of a fragment in hand or hidden: one of them is set when it is kept."""
        return self.hand(fragment) | self.hidden(fragment)


def layout_of(story: Story, more: Iterable[str] = ()) -> Layout:
    """Lay a story out."""
    return Layout(story, more)


def _top(spec: bool | Bounded | tuple[str, ...]) -> int:
    if isinstance(spec, bool):
        return 1
    return spec.max - spec.min if isinstance(spec, Bounded) else len(spec) - 1


def _linked(story: Story) -> set[str]:
    """Return the fragments that some text has a link to."""
    found: set[str] = set()
    for scene in story.scenes.values():
        if scene.fragments:
            for block in blocks_of(scene.text):
                if block.text and "](keep:" in block.text:
                    found.update(run.keep for paragraph in markup.paragraphs(block.text) for run in paragraph.runs if run.keep)
    return found


def _cools(story: Story) -> bool:
    """Tell whether anything makes Joel quieter: then his heat cannot be cut off where nobody looks further."""
    scenes = story.scenes.values()
    effects = [effects for scene in scenes for effects in (*scene.choices, scene.enter, scene.leave)]
    return any(found is not None and found.heat < 0 for found in effects)
