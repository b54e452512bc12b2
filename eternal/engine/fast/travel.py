"""How Joel gets from one scene to another, over packed states: what `engine/travel.py` says."""

from __future__ import annotations

from collections.abc import Callable

from eternal.engine.fast.conditions import source
from eternal.engine.fast.functions import Change, begin_operations, chained, compiled, leave_operations, once_of
from eternal.engine.fast.layout import Layout
from eternal.engine.fast.machine import trimming

__all__ = ["arriving", "entering", "resolving", "returning"]


def entering(layout: Layout) -> Callable[[int, int], int]:
    """Return the function that leaves the present scene and stands in another."""
    story, here, trim = layout.story, layout.scene_mask, trimming(layout)
    leave = {layout.number[scene]: change for scene in story.scenes if (change := _leaving(layout, scene)) is not None}
    begin: dict[int, Change] = {}
    hand, fragments, sweep = layout.mask(("hand",)), len(layout.fragments), layout.full ^ layout.mask(("sweep",))
    expose = _exposing(layout)
    resume = layout.full ^ layout.mask(("resume",))

    def wake(s: int) -> int:
        held = s & hand
        return trim((s ^ held | held << fragments) & sweep) if held else s & sweep

    def begun(number: int) -> Change:
        scene = story.scenes[layout.scenes[number]]
        change = chained(layout, begin_operations(layout, scene.id))
        assert change is not None
        steps = [change] if scene.kind == "outside" else [lambda s: s & resume, change]
        steps += [expose[story.head(scene.id)]] if story.head(scene.id) in expose else []
        steps += [wake] if story.machine is not None and scene.id == story.machine.morning else []
        begin[number] = made = _in_turn(steps)
        return made

    def enter(s: int, number: int) -> int:
        change = leave.get(s & here)
        if change is not None:
            s = change(s)
        return (begin.get(number) or begun(number))(s)

    return enter


def _in_turn(steps: list[Change]) -> Change:
    if len(steps) == 1:
        return steps[0]

    def change(s: int) -> int:
        for do in steps:
            s = do(s)
        return s

    return change


def _leaving(layout: Layout, scene: str) -> Change | None:
    """Return what leaving a scene does: the words shown once are read, then the effects of leaving."""
    reads = [(once.page, once.read, compiled(once.matters)) for once in once_of(layout, scene)]
    effects = chained(layout, leave_operations(layout, scene))
    if not reads:
        return effects
    unread = layout.full ^ layout.mask(("page",))

    def leave(s: int) -> int:
        read = 0
        for page, bit, matters in reads:
            if s & page and matters(s):
                read |= bit
        s = s & unread | read
        return effects(s) if effects is not None else s

    return leave


def _exposing(layout: Layout) -> dict[str, Change]:
    """Return, for each refuge, what entering it during the hunt does: it joins the queue of those that the machine knows."""
    queue, alarm = layout.bits.get(("queue",)), layout.mask(("hunted",))
    if queue is None:
        return {}
    refuges = layout.story.index.refuges
    width = len(refuges).bit_length()

    def exposing(digit: int) -> Change:
        def expose(s: int) -> int:
            if not s & alarm:
                return s
            place, shift = (s & queue.mask) >> queue.shift, queue.shift
            while place:
                if place & (1 << width) - 1 == digit:
                    return s
                place >>= width
                shift += width
            return s | digit << shift

        return expose

    return {refuge: exposing(number) for number, refuge in enumerate(refuges, start=1)}


def resolving(layout: Layout, following: Callable[[int], int]) -> Callable[[int, int], int]:
    """Return the function that says where a way leads: -1, or a scene that is gone, means wherever the machine works next."""
    story = layout.story
    morning = layout.number[story.machine.morning if story.machine is not None else story.header.start]
    places = {scene: layout.mask(("strength", story.head(scene))) for scene in story.scenes}
    standing = {layout.number[scene]: mask for scene, mask in places.items() if mask}

    def resolve(s: int, number: int) -> int:
        if number < 0 or (number in standing and not s & standing[number]):
            number = following(s)
        return number if number >= 0 else morning

    return resolve


def arriving(layout: Layout, resolve: Callable[[int, int], int], enter: Callable[[int, int], int]) -> Callable[[int, int], int]:
    """Return the function that brings Joel to a scene, unless something outside falls due first."""
    story, here, number = layout.story, layout.scene_mask, layout.number
    head = [number[story.head(scene)] for scene in layout.scenes]
    erasable = [story.head(scene) in story.position for scene in layout.scenes]
    outside = [story.scenes[scene].kind == "outside" for scene in layout.scenes]
    due = [(layout.mask(("shown", o)), compiled(source(layout, story.scenes[o].due, o)), number[o]) for o in story.index.outside]
    resume = layout.bits.get(("resume",))

    def arrive(s: int, to: int) -> int:
        to, place = resolve(s, to), s & here
        if due and erasable[to] and head[to] != head[place] and not outside[place]:
            for shown, falls_due, there in due:
                if not s & shown and falls_due(s):
                    assert resume is not None
                    return enter(s & ~resume.mask | (to + 1) << resume.shift | shown, there)
        return enter(s, to)

    return arrive


def returning(layout: Layout, resolve: Callable[[int, int], int], enter: Callable[[int, int], int]) -> Change:
    """Return the function that brings Joel back to where he was going before the story looked elsewhere."""
    resume = layout.bits.get(("resume",))

    def leave_outside(s: int) -> int:
        to = ((s & resume.mask) >> resume.shift) - 1 if resume is not None else -1
        return enter(s, resolve(s, to))

    return leave_outside
