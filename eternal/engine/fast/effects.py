"""Effects as Python source over a packed state: a chain of operations, each an expression of the number so far.

Most effects only put bits in place (`{t} & A | B`); such operations melt into one, so that taking a choice of an ordinary
story is two or three machine words of work. Adding with bounds needs a look at the number.
"""

from __future__ import annotations

from msgspec import Struct

from eternal.engine.fast.layout import Bits, Layout
from eternal.story.schema import Bounded, Effects

__all__ = ["Call", "Operation", "Put", "applied", "clamped", "counted", "effects_of", "melted", "moved_to", "stirred"]


class Put(Struct, frozen=True):
    """Keep some bits, and set others."""

    keep: int
    set: int = 0


class Call(Struct, frozen=True):
    """An expression of the number so far, and the bits that it reads or changes."""

    text: str
    touches: int


Operation = Put | Call


def effects_of(layout: Layout, effects: Effects | None) -> list[Operation]:
    """Return what effects do to a state: set, then add, then give, wake, heat."""
    if effects is None:
        return []
    chain: list[Operation] = [_set(layout, name, value) for name, value in effects.set.items() if ("variable", name) in layout.bits]
    chain += [_add(layout, name, number) for name, number in effects.add.items() if number and _is_number(layout, name)]
    given = layout.mask(*(("given", memento) for memento in effects.give))
    if given:
        chain.append(Put(layout.full, given))
    lucidity = layout.bits.get(("lucidity",))
    if lucidity is not None and effects.wake != effects.sedate:
        chain.append(clamped(layout, lucidity, effects.wake - effects.sedate))
    if effects.heat:
        chain += stirred(layout, effects.heat)
    return chain


def _is_number(layout: Layout, name: str) -> bool:
    return ("variable", name) in layout.bits and isinstance(layout.story.header.variables[name], Bounded)


def _set(layout: Layout, name: str, text: str) -> Put:
    bits, spec = layout["variable", name], layout.story.header.variables[name]
    match spec:
        case bool():
            raw = int(text == "true")
        case Bounded():
            raw = int(text) - bits.zero
        case words:
            raw = words.index(text)
    return Put(layout.full ^ bits.mask, raw << bits.shift)


def _add(layout: Layout, name: str, number: int) -> Operation:
    return clamped(layout, layout["variable", name], number)


def clamped(layout: Layout, bits: Bits, number: int) -> Operation:
    """Add to a place, never leaving its bounds."""
    size = abs(number)
    if size >= bits.top:
        return Put(layout.full ^ bits.mask, bits.top << bits.shift if number > 0 else 0)
    step, mask = size << bits.shift, bits.mask
    if number > 0:
        full = "{t}" if size == 1 else f"{{t}} & {layout.full ^ mask} | {bits.top << bits.shift}"
        return Call(f"({{t}} + {step} if {{t}} & {mask} <= {bits.top - size << bits.shift} else {full})", mask)
    none = "{t}" if size == 1 else f"{{t}} & {layout.full ^ mask}"
    return Call(f"({{t}} - {step} if {{t}} & {mask} >= {step} else {none})", mask)


def stirred(layout: Layout, number: int) -> list[Operation]:
    """Make Joel louder or quieter, and call the doctor if he is too loud."""
    bits, hunt = layout.bits.get(("heat", "")), layout.story.machine.hunt if layout.story.machine else None
    if bits is None:
        return []
    chain = [clamped(layout, bits, number)] if number else []
    if hunt is None:
        return chain
    alarm, own = layout["hunted",].mask, bits.mask
    if ("heat", "") in layout.reads.limits:
        called = f"({{t}} | {alarm} if {{t}} & {own} >= {hunt.at << bits.shift} else {{t}})"
    else:  # nobody asks how loud he is once the doctor has been called
        quiet = layout.full ^ own
        called = f"({{t}} & {quiet} | {alarm} if {{t}} & {alarm} or {{t}} & {own} >= {hunt.at << bits.shift} else {{t}})"
    return [*chain, Call(called, alarm | own)]


def moved_to(layout: Layout, scene: str) -> Put:
    """Stand in a scene."""
    return Put(layout.full ^ layout.scene_mask, layout.number[scene])


def counted(layout: Layout, scene: str) -> list[Operation]:
    """Count an entry of a scene, as far as anybody looks."""
    bits = layout.bits.get(("visits", scene))
    return [] if bits is None else [clamped(layout, bits, 1)]


def melted(chain: list[Operation], full: int) -> list[Operation]:
    """Make the chain short: let each `Put` sink below what does not touch its bits, and melt it into the one before."""
    done: list[Operation] = []
    for operation in chain:
        if isinstance(operation, Put):
            _sink(done, operation, full)
        else:
            done.append(operation)
    return [operation for operation in done if operation != Put(full)]


def _sink(done: list[Operation], put: Put, full: int) -> None:
    changed = (full ^ put.keep) | put.set
    for place in range(len(done) - 1, -1, -1):
        before = done[place]
        if isinstance(before, Put):
            done[place] = Put(before.keep & put.keep, before.set & put.keep | put.set)
            return
        if before.touches & changed:
            done.insert(place + 1, put)
            return
    done.insert(0, put)


def applied(operation: Operation, t: str, full: int) -> str:
    """Return an operation's source, of the number called `t`."""
    if isinstance(operation, Call):
        return operation.text.format(t=t)
    kept = t if operation.keep == full else f"{t} & {operation.keep}"
    return f"({kept} | {operation.set})" if operation.set else f"({kept})"
