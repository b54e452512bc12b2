"""What the machine does, over packed states: what `engine/machine.py` says."""

from __future__ import annotations

from collections.abc import Callable

from eternal.engine.fast.effects import clamped
from eternal.engine.fast.functions import Change, chained
from eternal.engine.fast.layout import Layout
from eternal.story.schema import Machine

__all__ = ["following_of", "spending", "trimming"]


def following_of(layout: Layout) -> Callable[[int], int]:
    """Return the function that finds the newest memory on the map that stands: its number, or -1."""
    story = layout.story
    alarm, everything = layout.mask(("hunted",)), layout.full
    rows = []
    for memory in story.index.memories:
        lit = alarm | layout.mask(*(("given", memento) for memento in story.lit_by.get(memory, ())))
        rows.append((layout.mask(("strength", memory)), lit if story.lit_by else everything, layout.number[memory]))

    def following(s: int) -> int:
        for standing, lit, number in rows:
            if s & standing and s & lit:
                return number
        return -1

    return following


def trimming(layout: Layout) -> Change:
    """Return the function that leaves out what only the scenes of erased memories asked about."""
    rows = [(layout.mask(("strength", head)), layout.full ^ own) for head, own in layout.local.items() if own]

    def trim(s: int) -> int:
        for standing, rest in rows:
            if not s & standing:
                s &= rest
        return s

    return trim


def spending(
    layout: Layout, rules: Machine, following: Callable[[int], int], enter: Callable[[int, int], int], arrive: Callable[[int, int], int]
) -> Callable[[int, int], int]:
    """Return the function that lets beats pass until they are spent or something has moved Joel."""
    here, beat, lucidity = layout.scene_mask, layout["beat", ""], layout.bits.get(("lucidity",))
    morning, broken = layout.number[rules.morning], layout.number[rules.broken] if rules.broken else -1
    standing = [layout.mask(("strength", layout.story.head(scene))) for scene in layout.scenes]
    refusals, refused = layout.bits.get(("refusals",)), layout.mask(("refusals",))
    enough = rules.breaks << refusals.shift if refusals is not None and rules.breaks is not None and broken >= 0 else None
    tired = chained(layout, [clamped(layout, lucidity, -1)]) if lucidity is not None else None
    tick = _ticking(layout, rules, following)
    passed, one, dawn, latest = beat.mask, beat.one, rules.dawn << beat.shift, beat.top << beat.shift

    def spend(s: int, beats: int) -> int:
        for _ in range(beats):
            if s & passed < latest:
                s += one
            s = tick(s)
            if enough is not None and s & refused >= enough:
                return enter(s, broken)
            if s & passed >= dawn or following(s) < 0:
                return enter(s, morning)
            stands = standing[s & here]
            if stands and not s & stands:
                return arrive(tired(s) if tired is not None else s, -1)
        return s

    return spend


def _ticking(layout: Layout, rules: Machine, following: Callable[[int], int]) -> Change:
    """Return what the machine does in a beat: the target loses strength, refuses, or is erased."""
    story, alarm, sweep = layout.story, layout.mask(("hunted",)), layout.mask(("sweep",))
    first = queue.shift if (queue := layout.bits.get(("queue",))) is not None else 0
    digit = (1 << len(story.index.refuges).bit_length()) - 1
    refuges = (-1, *(layout.number[refuge] for refuge in story.index.refuges))
    usual, hunting = rules.rate, rules.hunt.rate if rules.hunt else rules.rate
    strength = {layout.number[head]: (layout["strength", head].mask, layout["strength", head].shift) for head in story.position}
    refuse = {layout.number[head]: change for head in story.position if (change := _refusing(layout, head)) is not None}
    erase = {layout.number[head]: _erasing(layout, head) for head in story.position}

    def tick(s: int) -> int:
        goal = refuges[s >> first & digit] if s & sweep else following(s)
        if goal < 0:
            return s
        left, shift = strength[goal]
        taken = (hunting if s & alarm else usual) << shift
        if s & left > taken:
            return s - taken
        if goal in refuse:
            after = refuse[goal](s)
            if after != s:
                return after
        return erase[goal](s)

    return tick


def _refusing(layout: Layout, head: str) -> Change | None:
    """Return the function that lets a memory refuse once more, or changes nothing if it may not."""
    refused, total = layout.bits.get(("refused", head)), layout.bits.get(("refusals",))
    if refused is None:
        return None
    held = sum(layout.kept(fragment) for fragment in layout.story.fragments_of[head])
    limit = refused.top << refused.shift
    step = refused.one + (total.one if total is not None else 0)

    def refuse(s: int) -> int:
        return s + step if s & held and s & refused.mask < limit else s

    return refuse


def _erasing(layout: Layout, head: str) -> Change:
    """Return the function that takes a memory or a refuge off the world, with the words in it that nobody holds."""
    story, rest = layout.story, layout.full ^ layout.mask(("strength", head))
    own = [(layout.kept(f), layout.lost(f)) for f in story.fragments_of.get(head, ()) if f in layout.bit_of]
    own = [(kept, lost) for kept, lost in own if not lost & layout.local[head]]
    rest &= layout.full ^ layout.local[head]
    if story.scenes[head].kind == "refuge":
        return _refuge_erasing(layout, head, own, rest)
    sweep, queue = layout.mask(("sweep",)), layout.mask(("queue",))
    rest &= layout.full ^ sweep

    def erase(s: int) -> int:
        for kept, lost in own:
            if not s & kept:
                s |= lost
        s &= rest
        return s | sweep if s & queue else s

    return erase


def _refuge_erasing(layout: Layout, head: str, own: list[tuple[int, int]], rest: int) -> Change:
    """A refuge takes with it what is hidden there, and leaves the queue, whose first it is."""
    trim, queue = trimming(layout), layout.bits.get(("queue",))
    width = len(layout.story.index.refuges).bit_length()
    here, lost_at = layout.bits.get(("at", head)), layout.bits.get(("lost",))
    rest &= layout.full ^ layout.mask(("sweep",))

    def erase(s: int) -> int:
        if here is not None and lost_at is not None:
            hidden = s & here.mask
            s = s ^ hidden | hidden >> here.shift << lost_at.shift
        for kept, lost in own:
            if not s & kept:
                s |= lost
        if queue is not None:
            digits = s & queue.mask
            s = s ^ digits | digits >> width & queue.mask
        return trim(s & rest)

    return erase
