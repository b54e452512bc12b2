"""Settling by search what exploring has left: piece after piece of guided nights, slices for what stays away, and how near one comes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

from eternal.author.playtest.freight import pack
from eternal.author.playtest.work import processes
from eternal.author.prove.approach import approached
from eternal.author.prove.finding import Night
from eternal.author.prove.goals import Goal
from eternal.author.prove.ledger import Ledger
from eternal.author.prove.local import refuted_by_slice
from eternal.author.prove.pasts import Past, Pasts
from eternal.author.prove.possible import Possible
from eternal.author.prove.search import PIECE, Piece, search_all
from eternal.engine.fast import Fast

__all__ = ["Seeking"]

#: When no more goals than this are left, and none was met for this part of the steps, they are looked at through slices.
_FEW, _PATIENCE = 24, 40


class Seeking:
    """One search for all that a ledger has left.

    Attributes:
        steps: how many steps it has taken so far.
    """

    def __init__(self, ledger: Ledger, pasts: Pasts, possible: Possible, *, budget: int, jobs: int) -> None:
        """Prepare to search for `budget` steps at most, with so many processes."""
        self.ledger, self.pasts, self.possible = ledger, pasts, possible
        self.budget, self.jobs = budget, jobs
        self.steps = 0
        self._before = ledger.looked

    def run(self, tell: Callable[[int], None]) -> None:
        """Search until all is settled, or it is not worth it any more; `tell` is told the steps after each round."""
        ledger, freight = self.ledger, pack(self.ledger.story)
        with processes(self.jobs) or nullcontext() as executor:
            seed, sliced, last = 0, False, 0
            while self.steps < self.budget and self._is_worth_it():
                left = ledger.hoped_for
                for catch in search_all(executor, freight, ledger.more, self._pieces(seed)):
                    self.steps += catch.steps
                    self._take(catch.found)
                seed += self.jobs
                tell(self.steps)
                last = self.steps if ledger.hoped_for < left else last
                if not sliced and ledger.hoped_for <= _FEW and self.steps - last > self.budget // _PATIENCE:
                    sliced = True
                    self._slice()
        self._approach()

    def _pieces(self, seed: int) -> list[Piece]:
        """Return a piece of work for each process."""
        steps = max(1, min(PIECE, (self.budget - self.steps) // self.jobs))
        return [Piece(tuple(self.ledger.left), self._lived(), seed + number, steps) for number in range(self.jobs)]

    def _is_worth_it(self) -> bool:
        """Tell whether to search on: for what is hoped never to be found only for a part of the budget."""
        return self.ledger.hoped_for > 0 or (bool(self.ledger.left) and self.steps < self.budget // 4)

    def _lived(self) -> tuple[Past, ...]:
        return self.pasts.lived(self.ledger.nights("ending"))

    def _take(self, found: tuple[tuple[Goal, Night], ...]) -> None:
        self.ledger.looked = self._before + self.steps
        for goal, night in found:
            if goal not in self.ledger.known:
                self.ledger.settle_met(goal, night)

    def _slice(self) -> None:
        """Try to show of the few things that search has not met that nobody ever can."""
        for goal in self.ledger.left:
            finding = refuted_by_slice(self.possible, goal)
            if finding is not None:
                self.ledger.known[goal] = finding

    def _approach(self) -> None:
        """Show of what can never be met how near a night comes to it."""
        bare = [goal for goal, known in self.ledger.known.items() if known.verdict == "refuted" and known.night is None]
        if bare:
            fast, scenes = Fast(self.ledger.story, more=self.ledger.more), self.ledger.nights("scene")
            for goal in bare:
                night = approached(fast, goal, self._lived(), scenes)
                self.ledger.settle(goal, "refuted", self.ledger.known[goal].how, night)
