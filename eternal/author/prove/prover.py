"""The proof as a whole: argue, explore, search, weigh, and put together what is known."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path

from eternal.author.playtest.freight import pack
from eternal.author.playtest.work import processes
from eternal.author.prove.finding import Figures, Finding, Kind, Night, Proof, Verdict
from eternal.author.prove.goals import Goal, Goals, claims_of, goal_names
from eternal.author.prove.graph import Graph
from eternal.author.prove.local import argued, refuted_by_slice
from eternal.author.prove.nearest import nearest
from eternal.author.prove.pasts import all_pasts, mixed_pasts
from eternal.author.prove.possible import Possible
from eternal.author.prove.search import Catch, Piece, search_all
from eternal.author.prove.shares import SMALL, explore_shared
from eternal.author.prove.shown import shows
from eternal.author.prove.space import Space
from eternal.author.prove.status import Progress, Stage, Status
from eternal.author.prove.stored import stored
from eternal.author.prove.tracing import Replayed, traced
from eternal.engine.fast import Fast
from eternal.engine.fast.reads import reads_of, watchful
from eternal.story.claims import read_claim
from eternal.story.story import Story

__all__ = ["STATES", "Prover"]

#: States to look at when nobody says how many.
STATES = 1_000_000
#: Steps that the search may take for each state that may be looked at.
_STEPS = 12
#: When no more goals than this are left, and none was met for this part of the steps, they are looked at through slices.
_FEW, _PATIENCE = 24, 40
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
        self.begun = time.monotonic()
        self.goals: list[Goal] = goal_names(story)
        self.known: dict[Goal, Finding] = {}
        self.ending: Finding | None = None
        self.more = tuple(condition for _, condition in claims_of(story))
        self.watched = watchful(story, reads_of(story, self.more))
        self.replayed = Replayed(self.watched)
        self.possible: Possible | None = None
        self.exhausted = self.interrupted = False
        self.states = self.frontier = self.steps = 0
        self.figures: Figures | None = None

    def run(self) -> Proof:
        """Prove; an interruption ends it with what is known so far."""
        try:
            self._argue()
            self._explore()
            if not self.exhausted and not self.interrupted:
                self._search()
        except KeyboardInterrupt:
            self.interrupted = True
        return self._result()

    @property
    def left(self) -> list[Goal]:
        """The goals that nothing has settled yet."""
        return [goal for goal in self.goals if goal not in self.known]

    def _tell(self, stage: Stage, states: int, budget: int, frontier: int = 0) -> None:
        if self.progress is not None:
            found, wanted, seconds = len(self.known), len(self.goals), time.monotonic() - self.begun
            self.progress(Status(stage=stage, states=states, frontier=frontier, budget=budget, found=found, wanted=wanted, seconds=seconds))

    def _settle(self, goal: Goal, verdict: Verdict, how: str, *, night: Night | None = None) -> None:
        if goal in self.goals:
            self.known[goal] = Finding(
                claim=goal[0], about=goal[1], verdict=verdict, how=how, looked=self.states + self.steps, night=night
            )  # fmt: skip

    def _argue(self) -> None:
        self._tell("arguing", 0, self.budget)
        self.possible = Possible(self.story)
        found = argued(self.possible, self.goals)
        self.ending = found.pop(("always-an-ending", self.story.id), None)
        self.known.update(found)

    # Exploring ----------------------------------------------------------------------------------------------------

    def _explore(self) -> None:
        """Look at all states, if the budget allows, and settle everything by them."""
        fast = Fast(self.story, project=True, more=self.more)
        pasts, complete = all_pasts(self.story, self.more, [about for kind, about in self.left if kind == "ending"])
        roots = {fast.start(past): past for past in reversed(pasts)}
        space = Space(fast, Goals(fast, [*self.left, *(("scene", scene) for scene in fast.scenes)]))
        try:
            self._grow(space, list(roots))
        except KeyboardInterrupt:
            self.interrupted = True
        self.states, self.frontier = space.count, space.frontier
        self.exhausted = complete and not self.interrupted and space.exhausted
        self._settle_explored(space, roots)
        if not self.interrupted and space.count <= _GRAPH and (self.ending is None or self.exhausted):
            self._weigh(space, roots)

    def _grow(self, space: Space, roots: list[int]) -> None:
        found: dict[int, set[int]] = {}
        for root in roots:
            found.setdefault(root & space.fast.here, set()).add(root)
        space.admit(found)
        alone = self.budget if self.jobs < 2 else min(self.budget, SMALL)
        while space.frontier and space.count < alone and not space.cut:
            space.admit(space.beyond(self.budget))
            self._tell("exploring", space.count, self.budget, space.frontier)
        if self.jobs > 1 and space.frontier and space.count < self.budget and not space.cut:
            explore_shared(space, self.jobs, self.budget, lambda count, new: self._tell("exploring", count, self.budget, new))

    def _settle_explored(self, space: Space, roots: dict[int, tuple[str, ...]]) -> None:
        self._tell("tracing", space.count, self.budget, space.frontier)
        met = {goal: where for goal, where in space.goals.found.items() if goal in self.goals and goal not in self.known}
        near = {goal: where for goal in self.goals if (where := self._nearest(goal, space)) is not None}
        nights = traced(space.fast, roots, [*met.values(), *near.values()], space.parents)
        for goal, (state, _) in met.items():
            self._settle_met(goal, nights[state])
        for goal, (state, _) in near.items():
            known = self.known.get(goal)
            self._settle(goal, "refuted", known.how if known is not None else "no state shows it", night=nights[state])
        if self.exhausted:
            for goal in self.left:
                hoped_not = goal[0] == "way-on" or self._is_never(goal)
                self._settle(goal, "proved" if hoped_not else "refuted", "all states looked at" if hoped_not else "no state shows it")

    def _is_never(self, goal: Goal) -> bool:
        claim = read_claim(goal[1]) if goal[0] == "claim" else None
        return claim is not None and claim.kind == "never"

    def _settle_met(self, goal: Goal, night: Night) -> None:
        """Settle a goal that a night shows, when the engine has confirmed that it does."""
        assert shows(self.replayed.play(night), goal), f"the compiled path and the engine disagree about {goal} after {night.actions}"
        if goal[0] == "way-on":
            self._settle(goal, "refuted", "a night stands there with nothing to do", night=night)
        elif self._is_never(goal):
            self._settle(goal, "refuted", "a night shows that it can happen", night=night)
        else:
            self._settle(goal, "witnessed", "a night shows it", night=night)

    def _nearest(self, goal: Goal, space: Space) -> tuple[int, int] | None:
        """Return the state that comes nearest to what can never be met."""
        known = self.known.get(goal)
        if known is None and (not self.exhausted or goal in space.goals.found or goal[0] == "way-on" or self._is_never(goal)):
            return None
        return nearest(space, goal) if known is None or known.verdict == "refuted" else None

    def _weigh(self, space: Space, roots: dict[int, tuple[str, ...]]) -> None:
        """Look at the graph as a whole: states from which no ending can be reached, and exact figures."""
        self._tell("weighing", space.count, self.budget, space.frontier)
        graph = Graph(space)
        dead = graph.first_dead(space)
        if dead is not None and self.ending is None:
            night = traced(space.fast, roots, [dead], space.parents)[dead[0]]
            self.ending = self._ending("refuted", "from where this night stands no ending can be reached", night)
        elif self.exhausted:
            self.ending = self.ending or self._ending("proved", "all states looked at")
            first = {goal[1]: level for goal, (_, level) in space.goals.found.items() if goal[0] == "scene"}
            shortest = {name: first[name] for name in graph.names if name in first}
            self.figures = graph.figures([state for state, past in roots.items() if not past], shortest)

    def _ending(self, verdict: Verdict, how: str, night: Night | None = None) -> Finding:
        return Finding(claim="always-an-ending", about=self.story.id, verdict=verdict, how=how, looked=self.states, night=night)

    # Searching ----------------------------------------------------------------------------------------------------

    def _search(self) -> None:
        """Look for what is left among more states than can be looked at."""
        freight, budget = pack(self.story), self.budget * _STEPS
        with processes(self.jobs) or nullcontext() as executor:
            seed, sliced, last = 0, False, 0
            while self.steps < budget and self._is_worth_it(budget):
                left = self._hoped_for
                ended = [about for kind, about in self.known if kind == "ending" and self.known[kind, about].verdict == "witnessed"]
                pasts = mixed_pasts(self.story, self.more, ended)
                pieces = [Piece(tuple(self.left), pasts, seed + number) for number in range(self.jobs)]
                seed += self.jobs
                for catch in search_all(executor, freight, self.more, pieces):
                    self._take(catch)
                self._tell("searching", self.steps, budget)
                last = self.steps if self._hoped_for < left else last
                if not sliced and self._hoped_for <= _FEW and self.steps - last > budget // _PATIENCE:
                    sliced = True
                    self._slice()

    def _slice(self) -> None:
        """Try to show of the few things that search has not met that nobody ever can."""
        assert self.possible is not None
        for goal in self.left:
            finding = refuted_by_slice(self.possible, goal)
            if finding is not None:
                self.known[goal] = finding

    @property
    def _hoped_for(self) -> int:
        """How many goals are left that are hoped to be met."""
        return sum(goal[0] != "way-on" and not self._is_never(goal) for goal in self.left)

    def _is_worth_it(self, budget: int) -> bool:
        """Tell whether to search on: for what is hoped never to be found only for a part of the budget."""
        return self._hoped_for > 0 or (bool(self.left) and self.steps < budget // 4)

    def _take(self, catch: Catch) -> None:
        self.steps += catch.steps
        for goal, night in catch.found:
            if goal not in self.known:
                self._settle_met(goal, night)

    # The result ---------------------------------------------------------------------------------------------------

    def _result(self) -> Proof:
        looked = self.states + self.steps
        how = f"not settled in {looked:,} states"
        findings = [self.ending or Finding(claim="always-an-ending", about=self.story.id, verdict="open", how=how, looked=looked)]
        for text in self.story.header.claims:
            claim = read_claim(text)
            if claim is not None and claim.kind == "always eventually":
                first = findings[0]
                findings.append(
                    Finding(claim="claim", about=text, verdict=first.verdict, how=first.how, looked=first.looked, night=first.night)
                )
        unsettled = {goal: Finding(claim=goal[0], about=goal[1], verdict="open", how=how, looked=looked) for goal in self.left}
        findings += [self.known.get(goal) or unsettled[goal] for goal in self.goals]
        if self.saves is not None:
            findings += stored(self.story, self.saves)
        return Proof(
            story=self.story.id, digest=self.story.digest, states=self.states, steps=self.steps, frontier=self.frontier,
            exhausted=self.exhausted, interrupted=self.interrupted, seconds=time.monotonic() - self.begun,
            findings=tuple(sorted(findings, key=lambda finding: _ORDER.index(finding.claim))), figures=self.figures,
        )  # fmt: skip


_ORDER: tuple[Kind, ...] = ("always-an-ending", "claim", "way-on", "ending", "scene", "choice", "block", "fragment", "save")
