"""The rules of the machine over packed states: what `machine.py` and `travel.py` say, as functions bound to a story's bits.

`step` is the definition; these are its translation, and a test compares the two in every state they meet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from eternal.engine.fast.conditions import FALSE, TRUE, both, dissonance_source, motif_of, source
from eternal.engine.fast.effects import Operation, applied, clamped, counted, effects_of, melted, moved_to, stirred
from eternal.engine.fast.layout import Layout
from eternal.story.schema import Machine, blocks_of

__all__ = ["Night", "begin_operations", "leave_operations", "night_of"]

Change = Callable[[int], int]
Test = Callable[[int], Any]


class Night(Struct, frozen=True):
    """The functions of a night.

    Attributes:
        go: a state, beats and the number of a scene (-1 for `next`) -> the state after a choice that leads there.
        stay: a state and beats -> the state after an action that leads nowhere.
        back: a state outside and beats -> the state back where Joel was going.
        settle: a state after an action -> with the turn and Clementine's looking noticed.
        flights: a state and the number of a head -> the numbers of the heads that flight can lead to; flee: a state and one of them.
        drop: a state -> after letting each fragment go, with its number; hide: the same for a place given by its first bit.
    """

    go: Callable[[int, int, int], int]
    stay: Callable[[int, int], int]
    back: Callable[[int, int], int]
    settle: Change
    flights: Callable[[int, int], list[int]]
    flee: Callable[[int, int], int]
    drop: Callable[[int], list[tuple[int, int]]]
    hide: Callable[[int, int], list[tuple[int, int]]]


def begin_operations(layout: Layout, scene: str) -> list[Operation]:
    """Return what standing in a scene does, without the machine's part: being there, counted, with the effects of entering."""
    return [moved_to(layout, scene), *counted(layout, scene), *effects_of(layout, layout.story.scenes[scene].enter)]


def leave_operations(layout: Layout, scene: str) -> list[Operation]:
    """Return what leaving a scene does, without the words that are shown once."""
    return effects_of(layout, layout.story.scenes[scene].leave)


def compiled(expression: str, **names: Any) -> Any:
    """Return the function of `s` that an expression is the source of."""
    return eval(f"lambda s: {expression}", {"__builtins__": {}, "bool": bool, **names})  # noqa: S307 - made from checked conditions alone


def chained(layout: Layout, operations: list[Operation]) -> Change | None:
    """Return operations as one function, or None if they do nothing."""
    text = "s"
    for operation in melted(operations, layout.full):
        text = f"(lambda s: {applied(operation, 's', layout.full)})({text})" if text != "s" else applied(operation, "s", layout.full)
    return None if text == "s" else compiled(text)


def once_read(layout: Layout, scene: str) -> list[tuple[str, int]]:
    """Return, of the blocks of a scene that are shown once and have words to keep, the test that each is shown, and its bit."""
    found = []
    standing = layout.mask(("strength", layout.story.head(scene)))
    for number, block in enumerate(blocks_of(layout.story.scenes[scene].text)):
        bit = layout.mask(("read", scene, str(number)))
        if bit:
            stands = f"s & {standing}" if standing and bit & layout.local.get(layout.story.head(scene), 0) else TRUE
            found.append((both(stands, source(layout, block.if_, scene)), bit))
    return [(test, bit) for test, bit in found if test != FALSE]


def night_of(layout: Layout) -> Night:
    """Bind the rules to a story; one without a machine has those of going outside and coming back."""
    rules = layout.story.machine
    following = _following(layout)
    resolve = _resolving(layout, following)
    enter = _entering(layout)
    arrive = _arriving(layout, resolve, enter)
    spend = _spending(layout, rules, following, enter, arrive) if rules is not None else lambda s, beats: s
    settle = _settling(layout, rules) if rules is not None else lambda s: s
    return_ = _returning(layout, resolve, enter)
    stir = chained(layout, stirred(layout, rules.flee.heat)) if rules is not None else None
    leap, here = rules.flee.beats if rules is not None else 0, layout.scene_mask
    drop, hide = _hands(layout)

    def go(s: int, beats: int, to: int) -> int:
        if beats:
            place = s & here
            s = spend(s, beats)
            if s & here != place:
                return settle(s)
        return settle(arrive(s, to))

    def stay(s: int, beats: int) -> int:
        return settle(spend(s, beats)) if beats else settle(s)

    def back(s: int, beats: int) -> int:
        if beats:
            place = s & here
            s = spend(s, beats)
            if s & here != place:
                return settle(s)
        return settle(return_(s))

    def flee(s: int, to: int) -> int:
        return go(stir(s) if stir is not None else s, leap, to)

    return Night(go, stay, back, settle, _fleeing(layout), flee, drop, hide)


def _following(layout: Layout) -> Callable[[int], int]:
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


def _trimming(layout: Layout) -> Change:
    """Return the function that leaves out what only the scenes of erased memories asked about."""
    rows = [(layout.mask(("strength", head)), layout.full ^ own) for head, own in layout.local.items() if own]

    def trim(s: int) -> int:
        for standing, rest in rows:
            if not s & standing:
                s &= rest
        return s

    return trim


def _entering(layout: Layout) -> Callable[[int, int], int]:
    """Return the function that leaves the present scene and stands in another."""
    story, here, trim = layout.story, layout.scene_mask, _trimming(layout)
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
    reads = [(compiled(test), bit) for test, bit in once_read(layout, scene)]
    effects = chained(layout, leave_operations(layout, scene))
    if not reads:
        return effects

    def leave(s: int) -> int:
        read = 0
        for shown, bit in reads:
            if shown(s):
                read |= bit
        return effects(s | read) if effects is not None else s | read

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


def _resolving(layout: Layout, following: Callable[[int], int]) -> Callable[[int, int], int]:
    """Return the function that says where a way leads: -1, or a scene that is gone, means wherever the machine works next."""
    story = layout.story
    morning = layout.number[story.machine.morning if story.machine is not None else story.header.start]
    standing = {
        layout.number[scene]: layout.mask(("strength", story.head(scene))) for scene in story.scenes if story.head(scene) in story.position
    }

    def resolve(s: int, number: int) -> int:
        if number < 0 or (number in standing and not s & standing[number]):
            number = following(s)
        return number if number >= 0 else morning

    return resolve


def _arriving(layout: Layout, resolve: Callable[[int, int], int], enter: Callable[[int, int], int]) -> Callable[[int, int], int]:
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


def _returning(layout: Layout, resolve: Callable[[int, int], int], enter: Callable[[int, int], int]) -> Change:
    """Return the function that brings Joel back to where he was going before the story looked elsewhere."""
    resume = layout.bits.get(("resume",))

    def leave_outside(s: int) -> int:
        to = ((s & resume.mask) >> resume.shift) - 1 if resume is not None else -1
        return enter(s, resolve(s, to))

    return leave_outside


def _spending(
    layout: Layout, rules: Machine, following: Callable[[int], int], enter: Callable[[int, int], int], arrive: Callable[[int, int], int]
) -> Callable[[int, int], int]:
    """Return the function that lets beats pass until they are spent or something has moved Joel."""
    here, beat, lucidity = layout.scene_mask, layout["beat", ""], layout.bits.get(("lucidity",))
    morning, broken = layout.number[rules.morning], layout.number[rules.broken] if rules.broken else -1
    standing = [layout.mask(("strength", layout.story.head(scene))) for scene in layout.scenes]
    refusals = layout.bits.get(("refusals",))
    enough = (rules.breaks << refusals.shift) if refusals is not None and rules.breaks is not None else None
    tired = chained(layout, [clamped(layout, lucidity, -1)]) if lucidity is not None else None
    tick = _ticking(layout, rules, following)
    dawn, latest = rules.dawn << beat.shift, beat.top << beat.shift

    def spend(s: int, beats: int) -> int:
        for _ in range(beats):
            if s & beat.mask < latest:
                s += beat.one
            s = tick(s)
            if enough is not None and refusals is not None and s & refusals.mask >= enough and broken >= 0:
                return enter(s, broken)
            if s & beat.mask >= dawn or following(s) < 0:
                return enter(s, morning)
            stands = standing[s & here]
            if stands and not s & stands:
                return arrive(tired(s) if tired is not None else s, -1)
        return s

    return spend


def _ticking(layout: Layout, rules: Machine, following: Callable[[int], int]) -> Change:
    """Return what the machine does in a beat: the target loses strength, refuses, or is erased."""
    story, alarm, sweep = layout.story, layout.mask(("hunted",)), layout.mask(("sweep",))
    queue = layout.bits.get(("queue",))
    digit = (1 << len(story.index.refuges).bit_length()) - 1
    refuges = (-1, *(layout.number[refuge] for refuge in story.index.refuges))
    usual, hunting = rules.rate, rules.hunt.rate if rules.hunt else rules.rate
    strength = {layout.number[head]: layout["strength", head] for head in story.position}
    refuse = {layout.number[head]: change for head in story.position if (change := _refusing(layout, head)) is not None}
    erase = {layout.number[head]: _erasing(layout, head) for head in story.position}

    def tick(s: int) -> int:
        goal = refuges[s >> queue.shift & digit] if queue is not None and s & sweep else following(s)
        if goal < 0:
            return s
        bits = strength[goal]
        taken = (hunting if s & alarm else usual) << bits.shift
        if s & bits.mask > taken:
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
    trim, queue = _trimming(layout), layout.bits.get(("queue",))
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


def _settling(layout: Layout, rules: Machine) -> Change:
    """Return the function that notices what, once it has come, does not go again: the turn, and Clementine's beginning to look."""
    turned, looking, here = layout.mask(("turned",)), layout.mask(("looking",)), layout.scene_mask
    own = rules.turn is not None and ("visits" in rules.turn or "integrity" in rules.turn)
    turns = [compiled(source(layout, rules.turn, scene)) for scene in (layout.scenes if own else layout.scenes[:1])]
    wakes = compiled(f"{dissonance_source(layout)} >= {rules.wakes_at}") if looking else None

    def settle(s: int) -> int:
        if not s & turned and turns[s & here if own else 0](s):
            s |= turned
        if wakes is not None and not s & looking and wakes(s):
            s |= looking
        return s

    return settle


def _fleeing(layout: Layout) -> Callable[[int, int], list[int]]:
    """Return the function that lists where flight leads: along the motifs of a place and of what is in hand."""
    story, number = layout.story, layout.number
    rows = []
    for head in story.position:
        motifs = story.scenes[head].motifs
        along = sum(layout.hand(fragment) for fragment in layout.fragments if motif_of(layout, fragment) in motifs)
        opens = story.scenes[head].open
        rows.append((number[head], layout.mask(("strength", head)), along, compiled(source(layout, opens, head)) if opens else None))
    shared = {
        number[head]: frozenset(number[other] for motif in story.scenes[head].motifs for other in story.along.get(motif, ()))
        for head in story.position
    }

    def flights(s: int, here: int) -> list[int]:
        near = shared[here]
        return [
            there for there, standing, along, opens in rows
            if there != here and s & standing and (there in near or s & along) and (opens is None or opens(s))
        ]  # fmt: skip

    return flights


def _hands(layout: Layout) -> tuple[Callable[[int], list[tuple[int, int]]], Callable[[int, int], list[tuple[int, int]]]]:
    """Return the functions that let go of each fragment in hand, and that hide each where one stands."""
    hand = layout.bits.get(("hand",))
    if hand is None:
        return (lambda s: []), (lambda s, place: [])
    gone = [_gone(layout, fragment) for fragment in layout.fragments]

    def held(s: int) -> list[int]:
        rest, found = (s & hand.mask) >> hand.shift, []
        while rest:
            low = rest & -rest
            found.append(low.bit_length() - 1)
            rest ^= low
        return found

    def drop(s: int) -> list[tuple[int, int]]:
        dropped = []
        for number in held(s):
            standing, lost = gone[number]
            after = s ^ hand.one << number
            dropped.append((number, after if not standing or after & standing else after | lost))
        return dropped

    def hide(s: int, shift: int) -> list[tuple[int, int]]:
        return [(number, s ^ hand.one << number | 1 << shift + number) for number in held(s)]

    return drop, hide


def _gone(layout: Layout, fragment: str) -> tuple[int, int]:
    """Return the bits that say a fragment's memory stands, and the bit that it is lost if that still says anything then."""
    head = layout.story.head(layout.story.index.fragments[fragment])
    lost = layout.lost(fragment)
    return layout.mask(("strength", head)), 0 if lost & layout.local.get(head, 0) else lost
