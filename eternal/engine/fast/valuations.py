"""All states of a scene as one whole number: its bit `v` is set if the state with the valuation `v` is among them.

A valuation is what a state is apart from its scene. Where a story has few of them, an action is taken from all states of a
scene at once: a test becomes the number of the valuations in which it holds, and an effect moves groups of bits along. Both
are tried out on the same source that steps single states, so that there is one definition of what a choice does.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from msgspec import Struct

from eternal.engine.fast.codes import Codes
from eternal.engine.fast.conditions import TRUE
from eternal.engine.fast.effects import Operation, Put, applied
from eternal.engine.fast.functions import compiled
from eternal.engine.fast.layout import Layout
from eternal.engine.fast.options import Option, options_of
from eternal.story.schema import NEXT

__all__ = ["Effect", "Stepper", "Valued", "fits"]

#: With more bits than this beside the scene, most valuations of a scene are never met, and single states are quicker.
_WIDTH = 16


class Effect(Struct, frozen=True):
    """What an operation does to all valuations: `keep` stay as they are, and each group moves up (or down) by a number."""

    keep: int
    groups: tuple[tuple[int, int], ...]


class Valued(Struct, frozen=True):
    """An option for all valuations of a scene at once: in which it is offered, what it does, and the scene it leads to."""

    offered: int
    effects: tuple[Effect, ...]
    to: int

    def taken(self, states: int) -> int:
        """Return the valuations after this option in those of some states that offer it."""
        states &= self.offered
        for effect in self.effects:
            after = states & effect.keep
            for group, by in effect.groups:
                moved = states & group
                if moved:
                    after |= moved << by if by > 0 else moved >> -by
            states = after
        return states


def fits(layout: Layout) -> bool:
    """Tell whether a story has few enough valuations, and nothing in it that can come between a choice and where it leads."""
    choices = (choice for scene in layout.story.scenes.values() for choice in scene.choices)
    narrow = layout.full.bit_length() - layout.scene_mask.bit_length() <= _WIDTH
    return narrow and not layout.is_night and not layout.fragments and all(choice.to != NEXT for choice in choices)


class Stepper:
    """The options of a story's scenes for all valuations at once, made at the first visit of each scene.

    Attributes:
        shift: how many bits of a state stand below its valuation: those of the scene.
        width: how many bits a valuation has.
    """

    def __init__(self, layout: Layout, codes: Codes, live: tuple[int, ...] | None) -> None:
        """Prepare for a story that fits."""
        self.layout, self.codes, self.live = layout, codes, live
        self.shift = layout.scene_mask.bit_length()
        self.width = layout.full.bit_length() - self.shift
        self._options: list[tuple[Valued, ...] | None] = [None] * len(layout.scenes)
        self._tests: dict[str, int] = {}
        self._effects: dict[Operation, tuple[Effect, ...]] = {}

    def options(self, number: int) -> tuple[Valued, ...]:
        """Return the options of a scene."""
        made = self._options[number]
        if made is None:
            scene = self.layout.story.scenes[self.layout.scenes[number]]
            found = options_of(self.layout, self.codes, scene, self.live)
            made = self._options[number] = tuple(self._valued(option) for option in found)
        return made

    def _valued(self, option: Option) -> Valued:
        assert option.to is not None
        effects = tuple(effect for operation in option.chain for effect in self._effects_of(operation))
        return Valued(self._test(option.test), effects, option.to)

    # Tests --------------------------------------------------------------------------------------------------------

    def _test(self, text: str) -> int:
        """Return the valuations in which a test holds."""
        if text not in self._tests:
            self._tests[text] = self.where(_read(text, self.layout.full), compiled(text))
        return self._tests[text]

    def where(self, read: int, holds: Callable[[int], object]) -> int:
        """Return the valuations in which something holds, of which only some bits of a state decide."""
        return self._where(self.width - 1, 0, read, holds)

    def _where(self, bit: int, state: int, read: int, holds: Callable[[int], object]) -> int:
        """Return the same of the bits up to one, the higher ones being as in a state."""
        if bit < 0:
            return 1 if holds(state) else 0
        one = 1 << bit + self.shift
        low = self._where(bit - 1, state, read, holds)
        high = self._where(bit - 1, state | one, read, holds) if read & one else low
        return low | high << (1 << bit)

    # Effects ------------------------------------------------------------------------------------------------------

    def _effects_of(self, operation: Operation) -> tuple[Effect, ...]:
        if operation not in self._effects:
            full, here = self.layout.full, self.layout.scene_mask
            if isinstance(operation, Put):  # each bit for itself: few bits have few groups
                changed = (full ^ operation.keep & full | operation.set) & ~here
                bits = [1 << place for place in range(changed.bit_length()) if changed >> place & 1]
                effects = [self._effect(Put(full ^ bit, operation.set & bit), bit) for bit in bits]
            else:
                effects = [self._effect(operation, operation.touches)]
            self._effects[operation] = tuple(effects)
        return self._effects[operation]

    def _effect(self, operation: Operation, touched: int) -> Effect:
        """Try an operation with everything that the bits which it touches can say, and group that by how far it moves."""
        change = compiled(applied(operation, "s", self.layout.full))
        groups: dict[int, set[int]] = {}
        part = touched
        while True:
            groups.setdefault(change(part) - part >> self.shift, set()).add(part)
            if not part:
                break
            part = part - 1 & touched
        made = {by: self._group(touched, members) for by, members in groups.items()}
        return Effect(made.pop(0, 0), tuple((group, by) for by, group in made.items()))

    def _group(self, touched: int, members: set[int]) -> int:
        return self.where(touched, lambda state: state & touched in members)


def _read(text: str, full: int) -> int:
    """Return the bits that a test reads: it looks at a state through masks, and at all of it where no mask is seen."""
    if text == TRUE:
        return 0
    tree, read, masked = ast.parse(text, mode="eval"), 0, 0
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(left=ast.Name(id="s"), op=ast.BitAnd(), right=ast.Constant(value=int(mask))):
                read |= mask
                masked += 1
    looked = sum(isinstance(node, ast.Name) and node.id == "s" for node in ast.walk(tree))
    return read if looked == masked else full
