"""What a proof says of each claim: one of four verdicts, never blurred, and the night that shows it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from eternal.engine.actions import Action

__all__ = ["Figures", "Finding", "Kind", "Night", "Proof", "Verdict"]

#: proved: by a local argument over all values, or by exhausting the states. witnessed: a save shows it. refuted: it is false, and
#: where a save can show that, one does. open: not settled, having looked so far.
Verdict = Literal["proved", "witnessed", "refuted", "open"]

#: way-on: nobody is ever without a way on from a scene. always-an-ending: from every state an ending can be reached. claim: the author's
#: own. save: a save still ends where it says. The others: that this scene, choice, block, fragment or ending can be met.
Kind = Literal["way-on", "always-an-ending", "scene", "choice", "block", "fragment", "ending", "claim", "save"]


class Night(Struct, frozen=True):
    """A night that shows something: how earlier nights ended, and the actions. Its seed is 0."""

    past: tuple[str, ...]
    actions: tuple[Action, ...]


class Finding(Struct, frozen=True, kw_only=True):
    """What is known of one claim.

    Attributes:
        claim: its kind.
        about: the scene, `scene/choice`, `scene#number` of a block, fragment, ending, save or the author's words.
        verdict: what is known.
        how: in a few words, how it is known.
        looked: how many states had been looked at when it was settled, or in all if it is open; 0 for a local argument.
        night: the night that shows it; for something that cannot be met, one that gets as near as any does.
        file: for a claim about a save that is there already, where it is.
    """

    claim: Kind
    about: str
    verdict: Verdict
    how: str
    looked: int = 0
    night: Night | None = None
    file: str = ""


class Figures(Struct, frozen=True, kw_only=True):
    """Exact figures of a story whose states are exhausted.

    Attributes:
        endings: the probability of each for a player who does any possible thing as likely as another; `astray` is the
            part that was not yet at any ending when the sum was ended.
        idle: choices that stand beside others and never change which endings remain possible.
        shortest: the fewest actions to each ending.
    """

    endings: dict[str, float]
    astray: float
    idle: tuple[str, ...]
    shortest: dict[str, int]


class Proof(Struct, frozen=True, kw_only=True):
    """A proof of a story: every claim with its verdict.

    Attributes:
        states: distinct states looked at; `steps`: steps that the search took besides; `seconds`: how long it all took.
        exhausted: whether there are no others.
        interrupted: whether it was broken off; what was known by then is there.
        frontier: states that were found and not looked beyond.
    """

    story: str
    digest: str
    states: int
    steps: int
    frontier: int
    exhausted: bool
    interrupted: bool
    seconds: float
    findings: tuple[Finding, ...]
    figures: Figures | None

    @property
    def refuted(self) -> tuple[Finding, ...]:
        """What is false."""
        return tuple(finding for finding in self.findings if finding.verdict == "refuted")

    @property
    def open(self) -> tuple[Finding, ...]:
        """What is not settled."""
        return tuple(finding for finding in self.findings if finding.verdict == "open")
