"""Guided search in a story with too many states to see them all: it finds what can be met, and never says what cannot.

Most things are met by whoever wanders long enough. For what is left, players set out who want one thing each: they weigh
every action by it, and often begin where an earlier one had come near.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from functools import lru_cache
from random import Random

from msgspec import Struct

from eternal.author.playtest.freight import unpack
from eternal.author.playtest.work import each
from eternal.author.prove.finding import Night
from eternal.author.prove.goals import Goal, Goals
from eternal.author.prove.wishes import Wish, wishes
from eternal.engine.fast import Fast

__all__ = ["PIECE", "Catch", "Piece", "search", "search_all"]

#: So many steps are a piece of work.
PIECE = 40_000
#: A night is given up after so many actions.
_LONG = 600
#: Of so many nights one is wandered freely while there are wishes; so many in a row have the same wish.
_FREE, _AGAIN = 5, 3
#: While more goals than this are left, nobody wishes: wandering finds them sooner.
_WISHED = 400
#: So many places to begin from are kept for a goal, for each number of its tests that hold there.
_PLACES = 12


class Piece(Struct, frozen=True):
    """A piece of work: goals left, ways that earlier nights can have ended, a seed, and how many steps to go."""

    goals: tuple[Goal, ...]
    pasts: tuple[tuple[str, ...], ...]
    seed: int
    steps: int


class Catch(Struct, frozen=True):
    """What a piece of work found: goals, each with a night that shows it; and how many steps it took."""

    found: tuple[tuple[Goal, Night], ...]
    steps: int


def search_all(executor: Executor | None, freight: bytes, more: tuple[str, ...], pieces: list[Piece]) -> Iterator[Catch]:
    """Yield the catch of each piece, whoever does it."""
    return each(executor, search, [(freight, more, piece) for piece in pieces])


@lru_cache(maxsize=2)
def _fast(freight: bytes, more: tuple[str, ...]) -> Fast:
    return Fast(unpack(freight), more=more)


def search(freight: bytes, more: tuple[str, ...], piece: Piece) -> Catch:
    """Search for so many steps, or until all is found."""
    return _Search(_fast(freight, more), piece).run()


class _Place(Struct, frozen=True):
    """Where a night can begin again: how earlier nights had ended, the state, and the codes that lead there."""

    past: tuple[str, ...]
    state: int
    codes: tuple[int, ...]


class _Search:
    """One piece of work."""

    def __init__(self, fast: Fast, piece: Piece) -> None:
        self.fast = fast
        self.piece = piece
        self.goals = Goals(fast, piece.goals)
        self.rng = Random(piece.seed)  # noqa: S311 - chance that can be repeated
        self.starts = [_Place(past, fast.start(past), ()) for past in piece.pasts]
        self.near: dict[Goal, dict[int, list[_Place]]] = {}
        self.found: list[tuple[Goal, Night]] = []
        self.steps = 0

    def run(self) -> Catch:
        """Play nights until all is found or the steps are spent."""
        turns = self._turns()
        while self.steps < self.piece.steps and self.goals.remaining:
            goal, wish = next(turns)
            self._night(self._begin(goal), goal, wish)
        return Catch(tuple(self.found), self.steps)

    def _turns(self) -> Iterator[tuple[Goal | None, Wish | None]]:
        """Yield what the next player wants; nothing in particular now and then, or while there is too much to want."""
        while True:
            yield None, None
            left = [goal for goal in self.piece.goals if goal in self.goals.remaining and goal[0] != "way-on"]
            if left and len(left) <= _WISHED:
                for goal in self.rng.sample(left, min(len(left), 1 + _FREE // _AGAIN)):
                    wish = wishes(self.fast, goal, self.rng)
                    yield from ((goal, wish) for _ in range(_AGAIN) if goal in self.goals.remaining)

    def _begin(self, goal: Goal | None) -> _Place:
        """Begin at the beginning, or where somebody with the same wish had come near: mostly nearest."""
        near = self.near.get(goal) if goal is not None else None
        if not near or self.rng.random() < 0.4:
            return self._any(self.starts)
        scores = sorted(near)
        score = scores[-1] if self.rng.random() < 0.6 else scores[int(self.rng.random() * len(scores))]
        return self._any(near[score])

    def _any(self, places: list[_Place]) -> _Place:
        return places[int(self.rng.random() * len(places))]

    def _night(self, place: _Place, goal: Goal | None, wish: Wish | None) -> None:
        """Play a night from a place on, noting every goal that is met and the places that come near to the wish."""
        fast, state, codes = self.fast, place.state, list(place.codes)
        best = wish.score(state) if wish is not None else 0
        while True:
            number = state & fast.here
            self._look(number, state, place.past, codes)
            if wish is not None and goal is not None and (score := wish.score(state)) > best:
                best = score
                self._keep(goal, score, _Place(place.past, state, tuple(codes)))
            if fast.is_ending[number] or len(codes) >= _LONG or not (offers := fast.offers(state)):
                return
            code = wish.choose(offers, number, self.rng) if wish is not None else offers[int(self.rng.random() * len(offers))]
            state = fast.taken(state, code)
            codes.append(code)
            self.steps += 1

    def _look(self, number: int, state: int, past: tuple[str, ...], codes: list[int]) -> None:
        before = len(self.goals.found)
        self.goals.look(number, (state,))
        if len(self.goals.found) != before:
            night = Night(past, tuple(self.fast.action(code) for code in codes))
            self.found += [(goal, night) for goal in list(self.goals.found)[before:]]

    def _keep(self, goal: Goal, score: int, place: _Place) -> None:
        places = self.near.setdefault(goal, {}).setdefault(score, [])
        if len(places) < _PLACES:
            places.append(place)
        else:
            places[int(self.rng.random() * _PLACES)] = place
