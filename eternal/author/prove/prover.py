"""The proof as a whole: argue, explore, search, weigh, and put together what is known."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from itertools import chain, combinations
from pathlib import Path

from eternal.author.playtest.freight import pack
from eternal.author.playtest.work import processes
from eternal.author.prove.finding import Figures, Finding, Night, Proof
from eternal.author.prove.goals import Goal, Goals, claims_of, goal_names
from eternal.author.prove.graph import Graph
from eternal.author.prove.local import argued, refuted_by_slice
from eternal.author.prove.possible import Possible
from eternal.author.prove.search import Catch, Piece, search
from eternal.author.prove.space import Space
from eternal.author.prove.status import Progress, Stage, Status
from eternal.author.prove.stored import stored
from eternal.author.prove.tracing import traced
from eternal.engine.fast import Fast
from eternal.story.claims import read_claim
from eternal.story.story import Story

__all__ = ["STATES", "Prover"]

#: States to look at when nobody says how many.
STATES = 1_000_000
#: Steps that the search may take for each state that may be looked at, and the steps of one piece of it.
_STEPS, _PIECE = 12, 40_000
#: More ways for earlier nights to have ended than this are not all tried.
_PASTS = 32


class Prover:
    """One proof of one story."""

    def __init__(self, story: Story, *, states: int, jobs: int, saves: Path | None, progress: Progress | None) -> None:
        """Prepare; `run` does the work."""
        self.story = story
        self.budget = states
        self.jobs = jobs
        self.saves = saves
        self.progress = progress
        self.begun = self._told = time.monotonic()
        self.goals: list[Goal] = goal_names(story)
        self.known: dict[Goal, Finding] = {}
        self.more = tuple(condition for _, condition in claims_of(story))
        self.exhausted = self.interrupted = False
        self.space: Space | None = None
        self.figures: Figures | None = None
        self.steps = 0

    def run(self) -> Proof:
        """Prove; an interruption ends it with what is known so far."""
        try:
            self._run()
        except KeyboardInterrupt:
            self.interrupted = True
        return self._result()

    def _run(self) -> None:
        self._tell("arguing")
        possible = Possible(self.story)
        self.known.update(argued(possible, self.goals))
        self._explore(possible)
        if not self.exhausted:
            self._search()
            for goal in self._left():
                finding = refuted_by_slice(possible, goal)
                if finding is not None:
                    self.known[goal] = finding

    def _left(self) -> list[Goal]:
        return [goal for goal in self.goals if goal not in self.known]

    # Exploring ----------------------------------------------------------------------------------------------------

    def _explore(self, possible: Possible) -> None:
        """Look at all states, if the budget allows, and settle everything by them."""
        fast = Fast(self.story, project=True, more=self.more)
        goals = Goals(fast, [*self._left(), *(("scene", scene) for scene in fast.scenes)])
        pasts, all_pasts = _pasts(fast, [goal[1] for goal in self.goals if goal[0] == "ending" and goal not in self.known])
        roots = {fast.start(past): past for past in reversed(pasts)}
        self.space = space = Space(fast, goals)
        found: dict[int, set[int]] = {}
        for root in roots:
            found.setdefault(root & fast.here, set()).add(root)
        space.admit(found)
        while space.frontier and space.count < self.budget and not space.cut:
            space.admit(space.beyond(self.budget))
            self._tell("exploring")
        self.exhausted = not space.frontier and not space.cut and all_pasts and not _loose(fast, space)
        self._settle_found(space, roots)
        self._weigh(space, roots)

    def _settle_found(self, space: Space, roots: dict[int, tuple[str, ...]]) -> None:
        self._tell("tracing")
        found = {goal: where for goal, where in space.goals.found.items() if goal not in self.known}
        nights = traced(space.fast, roots, found.values(), space.parents)
        for goal, (state, _) in found.items():
            self._met(goal, nights[state], space.count)
        near = {goal: where for goal in self.goals if (where := self._nearest(goal, space)) is not None}
        nights = traced(space.fast, roots, near.values(), space.parents)
        for goal, (state, _) in near.items():
            self._unmet(goal, nights[state], space.count)

    def _met(self, goal: Goal, night: Night, looked: int) -> None:
        """Settle a goal that a night shows."""
        kind, about = goal
        claim = read_claim(about) if kind == "claim" else None
        if kind == "way-on":
            finding = Finding(claim=kind, about=about, verdict="refuted", how="a night stands there with nothing to do", looked=looked, night=night)
        elif claim is not None and claim.kind == "never":
            finding = Finding(claim=kind, about=about, verdict="refuted", how="a night shows it", looked=looked, night=night)
        else:
            finding = Finding(claim=kind, about=about, verdict="witnessed", how="a night shows it", looked=looked, night=night)
        if goal in self.goals:
            self.known.setdefault(goal, finding)

    def _nearest(self, goal: Goal, space: Space) -> tuple[int, int] | None:
        """Return the first state in the scene where something that is never met would be met."""
        finding = self.known.get(goal)
        if goal[0] not in ("choice", "block", "fragment") or (finding is None and not self.exhausted) or (finding and finding.night):
            return None
        scene = self.story.index.fragments[goal[1]] if goal[0] == "fragment" else goal[1].partition("/" if goal[0] == "choice" else "#")[0]
        return space.goals.found.get(("scene", scene))

    def _unmet(self, goal: Goal, night: Night, looked: int) -> None:
        """Add to something that can never be met a night that gets as near as any."""
        kind, about = goal
        finding = self.known.get(goal)
        how, settled = (finding.how, finding.looked) if finding is not None else ("none of all states shows it", looked)
        self.known[goal] = Finding(claim=kind, about=about, verdict="refuted", how=how, looked=settled, night=night)
"""
