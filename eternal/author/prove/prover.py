"""The proof as a whole: argue, explore, weigh, search, and put together what is known."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from eternal.author.prove.finding import Figures, Finding, Proof
from eternal.author.prove.goals import Goal, Goals
from eternal.author.prove.graph import Graph
from eternal.author.prove.interrupts import held_back
from eternal.author.prove.ledger import Ledger, is_feared
from eternal.author.prove.local import argued
from eternal.author.prove.nearest import nearest
from eternal.author.prove.pasts import MOST, Past, Pasts
from eternal.author.prove.possible import Possible
from eternal.author.prove.seeking import Seeking
from eternal.author.prove.shares import SMALL, explore_shared
from eternal.author.prove.space import Space
from eternal.author.prove.status import Progress, Stage, Status
from eternal.author.prove.stored import saves_in, stored
from eternal.author.prove.tracing import traced
from eternal.author.prove.valued import ValuedSpace, space_of
from eternal.engine.fast import Fast
from eternal.story.story import Story

__all__ = ["STATES", "Prover"]

#: States to look at when nobody says how many.
STATES = 1_000_000
#: Steps that the search may take for each state that may be looked at.
_STEPS = 12
#: A graph of more states is not weighed.
_GRAPH = 2_000_000


class Prover:
    """One proof of one story."""

    def __init__(self, story: Story, *, states: int, jobs: int, saves: Path | None, progress: Progress | None) -> None:
        """Prepare; `run` does the work."""
        self.story = story
        self.budget = states
        self.jobs = jobs
        self.saves = saves
        self.progress = progress
        self.begun = self.stage_begun = time.monotonic()
        self.ledger = Ledger(story)
        self.pasts = Pasts(story, self.ledger.more)
        self.possible: Possible | None = None
        self.exhausted = self.interrupted = False
        self.states = self.frontier = 0
        self.seeking: Seeking | None = None
        self.figures: Figures | None = None

    def run(self) -> Proof:
        """Prove; an interruption ends it with what is known so far."""
        try:
            self._argue()
            self._explore()
            if not self.exhausted and not self.interrupted:
                self._seek()
        except KeyboardInterrupt:
            self.interrupted = True
        return self._result()

    def _tell(self, stage: Stage, states: int, budget: int, frontier: int = 0) -> None:
        now = time.monotonic()
        if self.progress is not None:
            found, wanted, took = len(self.ledger.known), len(self.ledger.goals), now - self.stage_begun
            self.progress(
                Status(
                    stage=stage, states=states, frontier=frontier, budget=budget, found=found, wanted=wanted,
                    speed=states / took if took else 0.0, seconds=now - self.begun,
                )
            )  # fmt: skip

    def _argue(self) -> None:
        self._tell("arguing", 0, self.budget)
        self.possible = Possible(self.story)
        for goal, finding in argued(self.possible, list(self.ledger.goals)):
            if goal[0] == "always-an-ending":
                self.ledger.ending = finding
            else:
                self.ledger.known[goal] = finding
            if goal[0] == "claim":
                self._tell("arguing", 0, self.budget)

    # Exploring ----------------------------------------------------------------------------------------------------

    def _explore(self) -> None:
        """Look at all states, if the budget allows, beginning again whenever another past turns out to be possible."""
        self.stage_begun = time.monotonic()
        fast = Fast(self.story, project=True, more=self.ledger.more)
        pasts: list[Past] = [()]
        while True:
            roots = {fast.start(past): past for past in reversed(pasts)}
            space = self._grown(fast, list(roots))
            graph = self._drawn(space)
            further = self._further(space, graph, pasts)
            if not further or len(pasts) + len(further) > MOST:
                break
            pasts += further
        self.states, self.frontier = space.count, space.frontier
        self.ledger.looked = space.count
        knows_pasts = not further and (graph is not None or not self.pasts.matter)
        self.exhausted = space.exhausted and not self.interrupted and knows_pasts
        with held_back(noted := list[int]()):  # without its night nothing of what was found is known
            self._settle_explored(space, roots)
        self.interrupted |= bool(noted)
        if graph is not None and not self.interrupted:
            self._weigh(graph, space, roots)
        elif self.exhausted and self.ledger.ending is None:
            self.ledger.settle_ending(
                "open", f"all {space.count:,} states were looked at one by one, but not all ways between them together"
            )

    def _grown(self, fast: Fast, roots: list[int]) -> Space:
        """Explore from some states until nothing is new or the budget is spent; an interruption ends that."""
        space = space_of(fast, Goals(fast, [*self.ledger.left, *(("scene", scene) for scene in fast.scenes)]))
        try:
            self._grow(space, roots)
        except KeyboardInterrupt:
            self.interrupted = True
        return space

    def _grow(self, space: Space, roots: list[int]) -> None:
        space.begin(roots)
        is_shared = self.jobs > 1 and not isinstance(space, ValuedSpace)
        while space.frontier and space.count < self.budget and not space.cut:
            if is_shared and space.count >= SMALL:
                is_shared = False  # where a process is gone, one goes on alone
                explore_shared(space, self.jobs, self.budget, lambda count, new: self._tell("exploring", count, self.budget, new))
            else:
                space.advance(self.budget)
                self._tell("exploring", space.count, self.budget, space.frontier)

    def _drawn(self, space: Space) -> Graph | None:
        """Return the whole graph, if it is worth looking at and nobody interrupts."""
        try:
            return Graph(space) if self._can_weigh(space) else None
        except KeyboardInterrupt:
            self.interrupted = True
            return None

    def _can_weigh(self, space: Space) -> bool:
        """Tell whether the graph as a whole is worth looking at: for states without an ending, for pasts, for figures."""
        return not self.interrupted and space.count <= _GRAPH and (self.ledger.ending is None or space.exhausted)

    def _further(self, space: Space, graph: Graph | None, pasts: list[Past]) -> list[Past]:
        """Return the pasts that come of what can be reached; nothing where not all of it is known."""
        if graph is None or not space.exhausted:
            return []
        return self.pasts.further({past: graph.reached(space.fast.start(past)) for past in pasts})

    def _settle_explored(self, space: Space, roots: dict[int, Past]) -> None:
        self._tell("tracing", space.count, self.budget, space.frontier)
        ledger = self.ledger
        ledger.hold_against(space.goals.found)
        met = {goal: where for goal, where in space.goals.found.items() if goal in ledger.goals and goal not in ledger.known}
        near = {goal: where for goal in ledger.goals if (where := self._nearest(goal, space)) is not None}
        nights = traced(space.fast, roots, [*met.values(), *near.values()], space.parents)
        for goal, (state, _) in met.items():
            ledger.settle_met(goal, nights[state])
        for goal, (state, _) in near.items():
            known = ledger.known.get(goal)
            ledger.settle(goal, "refuted", known.how if known is not None else "no state shows it", nights[state])
        if self.exhausted:
            ledger.settle_rest()

    def _nearest(self, goal: Goal, space: Space) -> tuple[int, int] | None:
        """Return the state that comes nearest to what can never be met."""
        known = self.ledger.known.get(goal)
        if known is None:
            is_lost = self.exhausted and goal not in space.goals.found and not is_feared(goal)
        else:  # where there are more states than these, somebody sets out for it later
            is_lost = known.verdict == "refuted" and (self.exhausted or self.interrupted)
        return nearest(space, goal) if is_lost else None

    def _weigh(self, graph: Graph, space: Space, roots: dict[int, Past]) -> None:
        """Look at the graph as a whole: states from which no ending can be reached, and exact figures."""
        self._tell("weighing", space.count, self.budget, space.frontier)
        dead = graph.first_dead(space)
        if dead is not None and self.ledger.ending is None:
            night = traced(space.fast, roots, [dead], space.parents)[dead[0]]
            self.ledger.settle_ending("refuted", "from where this night stands no ending can be reached", night)
        elif self.exhausted:
            if self.ledger.ending is None:
                self.ledger.settle_ending("proved", "all states looked at")
            first = {goal[1]: level for goal, (_, level) in space.goals.found.items() if goal[0] == "scene"}
            shortest = {name: first[name] for name in graph.names if name in first}
            self.figures = graph.figures([state for state, past in roots.items() if not past], shortest)

    def _seek(self) -> None:
        """Look for what is left among more states than can be looked at."""
        assert self.possible is not None
        self.stage_begun = time.monotonic()
        self.seeking = Seeking(self.ledger, self.pasts, self.possible, budget=self.budget * _STEPS, jobs=self.jobs)
        self.seeking.run(lambda steps: self._tell("searching", steps, self.budget * _STEPS))

    # The result ---------------------------------------------------------------------------------------------------

    def _result(self) -> Proof:
        steps = self.seeking.steps if self.seeking is not None else 0
        self.ledger.looked = self.states + steps
        saves = self._saves(self.saves) if self.saves is not None else ()
        findings = (*self.ledger.findings(), *saves)
        return Proof(
            story=self.story.id, digest=self.story.digest, states=self.states, steps=steps, frontier=self.frontier,
            exhausted=self.exhausted, interrupted=self.interrupted, seconds=time.monotonic() - self.begun,
            findings=findings, figures=self.figures,
        )  # fmt: skip

    def _saves(self, folder: Path) -> Iterator[Finding]:
        """Yield what is known of each save of a folder; those that an interruption has left unread are open."""
        for path in saves_in(folder):
            try:
                yield stored(self.story, path)
            except KeyboardInterrupt:
                self.interrupted = True
                yield Finding(
                    claim="save", about=path.name, verdict="open", how="interrupted before it was read to its end", file=str(path)
                )
