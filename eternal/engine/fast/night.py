"""The rules of a night over packed states, bound to a story.

`step` is the definition; these are its translation, and a test compares the two in every state they meet.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from eternal.engine.fast.conditions import source
from eternal.engine.fast.effects import stirred
from eternal.engine.fast.functions import Change, chained, compiled
from eternal.engine.fast.hands import fleeing, hands
from eternal.engine.fast.layout import Layout
from eternal.engine.fast.leaves import dissonance_source
from eternal.engine.fast.machine import following_of, spending
from eternal.engine.fast.travel import arriving, entering, resolving, returning
from eternal.story.schema import Machine

__all__ = ["Night", "night_of"]


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


def night_of(layout: Layout) -> Night:
    """Bind the rules to a story; one without a machine has those of going outside and coming back."""
    rules = layout.story.machine
    following = following_of(layout)
    resolve = resolving(layout, following)
    enter = entering(layout)
    arrive = arriving(layout, resolve, enter)
    spend = spending(layout, rules, following, enter, arrive) if rules is not None else lambda s, beats: s
    settle = settling(layout, rules)
    return_ = returning(layout, resolve, enter)
    stir = chained(layout, stirred(layout, rules.flee.heat)) if rules is not None else None
    leap, here = rules.flee.beats if rules is not None else 0, layout.scene_mask
    drop, hide = hands(layout)

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

    return Night(go, stay, back, settle, fleeing(layout), flee, drop, hide)


def settling(layout: Layout, rules: Machine | None) -> Change:
    """Return what ends an action: the page it was taken on is forgotten, the turn and Clementine's beginning to look are noticed."""
    page = layout.mask(("page",))
    notice = noticing(layout, rules) if rules is not None else None
    if not page:
        return notice or (lambda s: s)
    rest = layout.full ^ page
    return lambda s: notice(s & rest) if notice is not None else s & rest


def noticing(layout: Layout, rules: Machine) -> Change:
    """Return the function that notices what, once it has come, does not go again: the turn, and Clementine's beginning to look."""
    turned, looking, here = layout.mask(("turned",)), layout.mask(("looking",)), layout.scene_mask
    own = rules.turn is not None and ("visits" in rules.turn or "integrity" in rules.turn)
    turns = [compiled(source(layout, rules.turn, scene)) for scene in (layout.scenes if own else layout.scenes[:1])]
    wakes = compiled(f"{dissonance_source(layout)} >= {rules.wakes_at}") if looking else None

    def notice(s: int) -> int:
        if not s & turned and turns[s & here if own else 0](s):
            s |= turned
        if wakes is not None and not s & looking and wakes(s):
            s |= looking
        return s

    return notice
