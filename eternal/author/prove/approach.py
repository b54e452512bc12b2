"""How near a night comes to what none can meet, where there are too many states to look at them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from eternal.author.prove.finding import Night
from eternal.author.prove.goals import Goal
from eternal.author.prove.nearest import leading_to, parts_of, scene_of
from eternal.author.prove.pasts import Past
from eternal.author.prove.wishes import wishes
from eternal.engine.fast import Fast

__all__ = ["approached"]

#: So many steps are taken at most, in nights of at most so many.
_STEPS, _LONG = 30_000, 600


def approached(fast: Fast, goal: Goal, pasts: tuple[Past, ...], scenes: Mapping[str, Night]) -> Night | None:
    """Return the night of somebody who wanted to meet a goal in which most of its condition held, in its scene.

    Args:
        fast: the compiled story, nothing forgotten.
        goal: what can never be met.
        pasts: ways that earlier nights can have ended.
        scenes: scenes that can be reached, each with a night: where the goal's own cannot, its nearest neighbour stands for it.
    """
    scene = scene_of(fast.story, goal)
    if scene is not None and scene not in scenes:
        return next((scenes[near] for near in leading_to(fast.story, scene) if near in scenes), None)
    tests = parts_of(fast, goal, scene or fast.story.header.start)
    best, found = -1, None
    for number, state, night in _walked(fast, goal, pasts):
        if scene is None or fast.scenes[number] == scene:
            score = sum(1 for test in tests if test(state))
            if score > best:
                best, found = score, night()
                if best >= len(tests) - 1:
                    break
    return found or (scenes[scene] if scene is not None else None)


def _walked(fast: Fast, goal: Goal, pasts: tuple[Past, ...]) -> Iterator[tuple[int, int, _Codes]]:
    """Yield every state that players with this wish come through: the number of its scene, itself, and its night when asked."""
    rng, steps = Random(0), 0  # noqa: S311 - chance that can be repeated
    while steps < _STEPS:
        past, wish, codes = rng.choice(pasts), wishes(fast, goal, rng), _Codes(fast)
        codes.past, state = past, fast.start(past)
        for _ in range(_LONG):
            number = state & fast.here
            yield number, state, codes
            offers = fast.offers(state)
            if fast.is_ending[number] or not offers:
                break
            code = wish.choose(offers, number, rng)
            state = fast.taken(state, code)
            codes.codes.append(code)
            steps += 1
        steps += 1


class _Codes:
    """The way of a player so far, as a night when somebody asks for it."""

    def __init__(self, fast: Fast) -> None:
        self.fast = fast
        self.past: Past = ()
        self.codes: list[int] = []

    def __call__(self) -> Night:
        return Night(self.past, tuple(map(self.fast.action, self.codes)))
