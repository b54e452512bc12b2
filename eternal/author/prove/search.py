"""Guided search in a story with too many states to see them all: it finds what can be met, and never says what cannot.

Most things are met by whoever wanders long enough. For what is left, players set out who want one thing each, and weigh
every action by it. Such a night is replayed from its seed only if it has found something.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from functools import lru_cache
from random import Random

from msgspec import Struct

from eternal.author.playtest.freight import unpack
from eternal.author.prove.finding import Night
from eternal.author.prove.goals import Goal, Goals
from eternal.author.prove.wishes import Weights, wishes
from eternal.engine.fast import Fast

__all__ = ["Catch", "Piece", "search", "search_all"]

#: A night is given up after so many actions.
_LONG = 600
#: Of so many nights one is wandered freely while there are wishes.
_FREE = 5
#: So many nights in a row have the same wish.
_AGAIN = 3


class Piece(Struct, frozen=True):
    """A piece of work: goals left, ways that earlier nights can have ended, a seed, and how many steps to go."""

    goals: tuple[Goal, ...]
    pasts: tuple[tuple[str, ...], ...]
    seed: int
    steps: int = 40_000


class Catch(Struct, frozen=True):
    """What a piece of work found: goals, each with a night that shows it; and how many steps it took."""

    found: tuple[tuple[Goal, Night], ...]
    steps: int


def search_all(executor: Executor | None, freight: bytes, more: tuple[str, ...], pieces: list[Piece]) -> Iterator[Catch]:
    """Yield the catch of each piece, whoever does them."""
    if executor is None:
        yield from (search(freight, more, piece) for piece in pieces)
    else:
        futures = [executor.submit(search, freight, more, piece) for piece in pieces]
        yield from (future.result() for future in futures)


@lru_cache(maxsize=2)
def _fast(freight: bytes, more: tuple[str, ...]) -> Fast:
    return Fast(unpack(freight), more=more)


def search(freight: bytes, more: tuple[str, ...], piece: Piece) -> Catch:
    """Search for so many steps, or until all is found."""
    fast = _fast(freight, more)
    goals, rng = Goals(fast, piece.goals), Random(piece.seed)
    starts = {past: fast.start(past) for past in piece.pasts}
    targets = _targets(fast, piece.goals, rng)
    found: list[tuple[Goal, Night]] = []
    steps = 0
    for number in range(piece.steps):
        if steps >= piece.steps or not goals.remaining:
            break
        past = piece.pasts[int(rng.random() * len(piece.pasts))]
        weights = {} if number % _FREE == 0 or not targets else next(targets)
        taken, caught = _night(fast, starts[past], goals, weights, rng)
        steps += max(1, len(taken))
        found += [(goal, Night(past, tuple(fast.action(code) for code in taken[:after]))) for goal, after in caught]
    return Catch(tuple(found), steps)


def _targets(fast: Fast, goals: tuple[Goal, ...], rng: Random) -> Iterator[Weights] | None:
    """Yield the wishes of goals by turns, for ever; none while there are too many to wish for each."""
    hoped = [goal for goal in goals if goal[0] != "way-on"]
    if not hoped or len(hoped) > 400:
        return None

    def turns() -> Iterator[Weights]:
        while True:
            for goal in hoped:
                wish = wishes(fast, goal, rng)
                yield from (wish for _ in range(_AGAIN))

    return turns()


def _night(fast: Fast, state: int, goals: Goals, weights: Weights, rng: Random) -> tuple[list[int], list[tuple[Goal, int]]]:
    """Play one night; return the codes of its actions, and every goal with the number of actions after which it was met."""
    taken: list[int] = []
    caught: list[tuple[Goal, int]] = []
    here, over = fast.here, fast.is_ending
    for _ in range(_LONG):
        number = state & here
        before = len(goals.found)
        goals.look(number, (state,))
        if len(goals.found) != before:
            caught += [(goal, len(taken)) for goal in list(goals.found)[before:]]
        if over[number]:
            break
        moves = fast.moves(state)
        if not moves:
            break
        code, state = _weighed(moves, number, weights, rng) if weights else moves[int(rng.random() * len(moves))]
        taken.append(code)
    return taken, caught


def _weighed(moves: list[tuple[int, int]], number: int, weights: Weights, rng: Random) -> tuple[int, int]:
    parts = [weights.get((number, code), 1.0) * weights.get((-1, code), 1.0) for code, _ in moves]
    at = rng.random() * sum(parts)
    for move, part in zip(moves, parts, strict=True):
        at -= part
        if at < 0:
            return move
    return moves[-1]
