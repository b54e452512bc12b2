"""What is known of every claim so far, and how it came to be known."""

from __future__ import annotations

from collections.abc import Iterable

from eternal.author.prove.finding import Finding, Kind, Night, Verdict
from eternal.author.prove.goals import Goal, claims_of, goal_names
from eternal.author.prove.shown import shows
from eternal.author.prove.tracing import Replayed
from eternal.engine.fast.reads import reads_of, watchful
from eternal.story.claims import read_claim
from eternal.story.story import Story

__all__ = ["Ledger", "is_feared"]


def is_feared(goal: Goal) -> bool:
    """Tell whether a goal is hoped never to be met: standing without a way on, or what an author says never happens."""
    if goal[0] == "claim":
        claim = read_claim(goal[1])
        return claim is not None and claim.kind == "never"
    return goal[0] == "way-on"


class Ledger:
    """The claims of one story and what is known of them.

    Attributes:
        more: the conditions of the author's claims.
        watched: the story as one that remembers what they ask.
        goals: every claim that a state can show; `known`: those that are settled.
        ending: what is known of reaching an ending from every state.
        looked: how many states have been looked at so far.
    """

    def __init__(self, story: Story) -> None:
        """Know nothing yet."""
        self.story = story
        self.more = tuple(condition for _, condition in claims_of(story))
        self.watched = watchful(story, reads_of(story, self.more))
        self.goals = dict.fromkeys(goal_names(story))
        self.known: dict[Goal, Finding] = {}
        self.ending: Finding | None = None
        self.looked = 0
        self._replayed = Replayed(self.watched)

    @property
    def left(self) -> list[Goal]:
        """The goals that nothing has settled yet."""
        return [goal for goal in self.goals if goal not in self.known]

    @property
    def hoped_for(self) -> int:
        """How many goals are left that are hoped to be met."""
        return sum(not is_feared(goal) for goal in self.left)

    def nights(self, kind: Kind) -> dict[str, Night]:
        """Return the nights that witness claims of a kind, by what they are about."""
        known = ((goal, finding) for goal, finding in self.known.items() if goal[0] == kind and finding.verdict == "witnessed")
        return {goal[1]: finding.night for goal, finding in known if finding.night is not None}

    def settle(self, goal: Goal, verdict: Verdict, how: str, night: Night | None = None) -> None:
        """Note what is known of a goal; other goals than this story's are left out."""
        if goal in self.goals:
            self.known[goal] = Finding(claim=goal[0], about=goal[1], verdict=verdict, how=how, looked=self.looked, night=night)

    def settle_met(self, goal: Goal, night: Night) -> None:
        """Settle a goal that a night shows, when the engine has confirmed that it does."""
        assert shows(self._replayed.play(night), goal), f"the compiled path and the engine disagree about {goal} after {night.actions}"
        if goal[0] == "way-on":
            self.settle(goal, "refuted", "a night stands there with nothing to do", night)
        elif is_feared(goal):
            self.settle(goal, "refuted", "a night shows that it can happen", night)
        else:
            self.settle(goal, "witnessed", "a night shows it", night)

    def hold_against(self, met: Iterable[Goal]) -> None:
        """Hold that no argument has called impossible what states show: a proof that contradicts itself says nothing."""
        for goal in met:
            known = self.known.get(goal)
            assert known is None or known.verdict != "refuted" or is_feared(goal), f"an argument and a state disagree about {goal}"

    def settle_rest(self) -> None:
        """Settle what no state shows, when all of them have been looked at."""
        for goal in self.left:
            if is_feared(goal):
                self.settle(goal, "proved", "all states looked at")
            else:
                self.settle(goal, "refuted", "no state shows it")

    def settle_ending(self, verdict: Verdict, how: str, night: Night | None = None) -> None:
        """Note whether from every state an ending can be reached."""
        self.ending = Finding(claim="always-an-ending", about=self.story.id, verdict=verdict, how=how, looked=self.looked, night=night)

    def findings(self) -> tuple[Finding, ...]:
        """Return a finding for every claim, the open ones with how far was looked, in the order of a report."""
        how = f"not settled in {self.looked:,} states"
        if self.ending is None:
            self.settle_ending("open", how)
        for goal in self.left:
            self.settle(goal, "open", how)
        found = [*self._about_the_ending(), *(self.known[goal] for goal in self.goals)]
        return in_order(found)

    def _about_the_ending(self) -> Iterable[Finding]:
        """Yield what is known of reaching an ending: once for the story, and once for each claim of the author's that says so."""
        known = self.ending
        assert known is not None
        yield known
        for text in self.story.header.claims:
            claim = read_claim(text)
            if claim is not None and claim.kind == "always eventually":
                yield Finding(claim="claim", about=text, verdict=known.verdict, how=known.how, looked=known.looked, night=known.night)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of a report: what is true of the whole story first."""
    return tuple(sorted(findings, key=lambda finding: _ORDER.index(finding.claim)))


_ORDER: tuple[Kind, ...] = ("always-an-ending", "claim", "way-on", "ending", "scene", "choice", "block", "fragment", "save")
