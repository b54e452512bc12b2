"""The source of a scene's functions: one that lists its moves, one that takes one by chance, one for many states at once."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine.fast.codes import Codes
from eternal.engine.fast.conditions import TRUE
from eternal.engine.fast.effects import applied
from eternal.engine.fast.functions import page_source
from eternal.engine.fast.layout import Layout
from eternal.engine.fast.options import Option, Room
from eternal.story.schema import Scene

__all__ = ["Live", "done", "expand_source", "has_hands", "head_of", "hide_beats", "moves_source", "noted_lines", "steps_of", "walk_source"]

#: With more tests than this that can go either way, the options are listed one by one instead of looked up.
_TABLE = 8

#: For each scene the bits that matter from there on; None keeps all.
Live = tuple[int, ...] | None


def steps_of(option: Option, full: int, begin: str = "s") -> tuple[list[str], str]:
    """Return the expressions that take an option, all but the last to be put into `t`, and the last."""
    chain = [applied(operation, begin if number == 0 else "t", full) for number, operation in enumerate(option.chain)]
    return (chain[:-1], chain[-1]) if chain else ([], begin)


def done(text: str, live: Live) -> str:
    """Return the expression of a state after an action, without what nothing will ask for."""
    return text if live is None else f"done({text})"


def has_hands(layout: Layout, scene: Scene) -> bool:
    """Tell whether something may be in hand in a scene that goes on."""
    return bool(layout.fragments) and scene.kind != "ending"


def noted_lines(layout: Layout, scene: Scene) -> Iterator[str]:
    """Note in a state what its page shows once, before anything is done."""
    noted = page_source(layout, scene.id)
    if noted is not None:
        yield f" s = {noted}"


def head_of(layout: Layout, scene: Scene) -> int | None:
    """Return the number of a scene's head if one can flee from it."""
    head = layout.story.head(scene.id)
    return layout.number[head] if layout.story.machine is not None and head in layout.story.position else None


def hide_beats(layout: Layout) -> int:
    """Return how many beats hiding takes."""
    return layout.story.machine.hide if layout.story.machine is not None else 0


def moves_source(layout: Layout, codes: Codes, scene: Scene, options: list[Option], room: Room | None, live: Live) -> str:
    """Return the function that lists every action with the state after it."""
    return "\n".join(_moves_lines(layout, codes, scene, options, room, live))


def _moves_lines(layout: Layout, codes: Codes, scene: Scene, options: list[Option], room: Room | None, live: Live) -> Iterator[str]:
    yield "def made(s):"
    yield from noted_lines(layout, scene)
    yield " found = []"
    for option in options:
        steps, last = steps_of(option, layout.full)
        yield f" if {option.test}:"
        yield from (f"  t = {step}" for step in steps)
        yield f"  found.append(({option.code}, {last}))"
    if has_hands(layout, scene):
        hand = layout.mask(("hand",))
        yield f" if s & {hand}:"
        yield f"  found += [({codes.drop} + f, {done('settle(t)', live)}) for f, t in drop(s)]"
        if room is not None:
            stay = done(f"stay(t, {hide_beats(layout)})", live)
            yield f"  if (s & {room.mask}).bit_count() < {room.capacity}:"
            yield f"   found += [({codes.hide} + f, {stay}) for f, t in hide(s, {room.shift})]"
    head = head_of(layout, scene)
    if head is not None:
        yield f" if s & {layout.mask(('turned',))}:"
        yield f"  found += [({codes.flee} + to, {done('flee(s, to)', live)}) for to in flights(s, {head})]"
    yield " return found"


def expand_source(layout: Layout, codes: Codes, scene: Scene, options: list[Option], room: Room | None, live: Live) -> str:
    """Return the function from many states to all states after them: one set for each option."""
    return "\n".join(_expand_lines(layout, codes, scene, options, room, live))


def _expand_lines(layout: Layout, codes: Codes, scene: Scene, options: list[Option], room: Room | None, live: Live) -> Iterator[str]:
    del codes
    yield "def made(states):"
    noted = page_source(layout, scene.id)
    if noted is not None:
        yield f" states = [{noted} for s in states]"
    yield " return ["
    for option in options:
        steps, last = steps_of(option, layout.full)
        test = "" if option.test == TRUE else f" if {option.test}"
        more = "".join(f" for t in ({step},)" for step in steps)
        yield f"  ({-1 if option.to is None else option.to}, {{{last} for s in states{test}{more}}}),"
    if has_hands(layout, scene):
        hand = layout.mask(("hand",))
        yield f"  (-1, {{{done('settle(t)', live)} for s in states if s & {hand} for f, t in drop(s)}}),"
        if room is not None:
            free = f"s & {hand} and (s & {room.mask}).bit_count() < {room.capacity}"
            stay = done(f"stay(t, {hide_beats(layout)})", live)
            yield f"  (-1, {{{stay} for s in states if {free} for f, t in hide(s, {room.shift})}}),"
    head = head_of(layout, scene)
    if head is not None:
        turned = layout.mask(("turned",))
        yield f"  (-1, {{{done('flee(s, to)', live)} for s in states if s & {turned} for to in flights(s, {head})}}),"
    yield " ]"


def walk_source(layout: Layout, codes: Codes, scene: Scene, options: list[Option], room: Room | None, live: Live) -> str:
    """Return the function that takes one action by chance and works out no other."""
    return "\n".join(_walk_lines(layout, codes, scene, options, room, live))


def _walk_lines(layout: Layout, codes: Codes, scene: Scene, options: list[Option], room: Room | None, live: Live) -> Iterator[str]:
    del codes
    yield "def made(s, chance):"
    yield from noted_lines(layout, scene)
    yield from _listed(options)
    hands, head = has_hands(layout, scene), head_of(layout, scene)
    yield " n = len(o)"
    if hands:
        yield f" h = (s & {layout.mask(('hand',))}).bit_count()"
        yield " n += h"
        if room is not None:
            yield f" r = h if (s & {room.mask}).bit_count() < {room.capacity} else 0"
            yield " n += r"
    if head is not None:
        yield f" w = flights(s, {head}) if s & {layout.mask(('turned',))} else ()"
        yield " n += len(w)"
    yield " if not n:"
    yield f"  return s & {layout.full ^ layout.mask(('page',))}"
    yield " k = int(chance() * n)"
    if hands or head is not None:
        yield from _others(layout, hands=hands, head=head, room=room, live=live)
    yield " k = o[k]"
    for number, option in enumerate(options):
        steps, last = steps_of(option, layout.full)
        yield f" if k == {number}:"
        yield from (f"  t = {step}" for step in steps)
        yield f"  return {last}"


def _listed(options: list[Option]) -> Iterator[str]:
    """Put the numbers of the options that are offered into `o`: from a table by which tests hold, if they are few."""
    open_ = [number for number, option in enumerate(options) if option.test != TRUE]
    if len(open_) > _TABLE:
        yield " o = []"
        for number, option in enumerate(options):
            yield f" if {option.test}:"
            yield f"  o.append({number})"
        return
    table = tuple(
        tuple(n for n, option in enumerate(options) if option.test == TRUE or held >> open_.index(n) & 1) for held in range(1 << len(open_))
    )
    terms = " + ".join(f"({1 << bit} if {options[number].test} else 0)" for bit, number in enumerate(open_))
    yield f" o = {table!r}[{terms or 0}]"


def _others(layout: Layout, *, hands: bool, head: int | None, room: Room | None, live: Live) -> Iterator[str]:
    """Take what is no choice and no words to keep."""
    yield " if k >= len(o):"
    yield "  k -= len(o)"
    if hands:
        yield "  if k < h:"
        yield f"   t = drop(s)[k][1]; return {done('settle(t)', live)}"
        yield "  k -= h"
        if room is not None:
            yield "  if k < r:"
            yield f"   t = hide(s, {room.shift})[k][1]; return {done(f'stay(t, {hide_beats(layout)})', live)}"
            yield "  k -= r"
    if head is not None:
        yield f"  return {done('flee(s, w[k])', live)}"
