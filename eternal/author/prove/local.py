"""What needs no exploring: claims that a look at each scene, or at a few variables together, settles for every state there may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eternal.author.prove.escape import always_offers, has_escape
from eternal.author.prove.finding import Finding
from eternal.author.prove.goals import Goal, claims_of
from eternal.author.prove.nearest import condition_of
from eternal.author.prove.possible import Possible
from eternal.author.prove.slices import Slice
from eternal.author.prove.slicing import sliced
from eternal.story.claims import read_claim

__all__ = ["argued", "refuted_by_slice"]

_NEVER = "no value of anything it depends on lets it happen"
_SLICE = "not with any values together of the few things it depends on"


def argued(possible: Possible, goals: Iterable[Goal]) -> Iterator[tuple[Goal, Finding]]:
    """Yield each goal that local arguments settle, with what is found: one by one, since some arguments are long."""
    for goal in goals:
        finding = _argued(possible, goal)
        if finding is not None:
            yield goal, finding
    if has_escape(possible):
        about = possible.story.id
        how = "every scene leads on towards an ending"
        yield ("always-an-ending", about), Finding(claim="always-an-ending", about=about, verdict="proved", how=how)


def _argued(possible: Possible, goal: Goal) -> Finding | None:
    kind, about = goal
    if kind == "way-on":
        if about not in possible.scenes:
            return Finding(claim=kind, about=about, verdict="proved", how="nobody comes there")
        if always_offers(possible, possible.story.scenes[about]):
            return Finding(claim=kind, about=about, verdict="proved", how="something is offered whatever the values")
        return None
    if kind == "claim":
        return _claim(possible, about)
    if _may_come(possible, goal):
        return None
    return Finding(claim=kind, about=about, verdict="refuted", how=_NEVER)


def _may_come(possible: Possible, goal: Goal) -> bool:
    kind, about = goal
    if kind == "choice":
        scene, _, choice = about.partition("/")
        return (scene, choice) in possible.choices and scene in possible.scenes and possible.can(scene, condition_of(possible.story, goal))
    if kind == "block":
        scene, _, number = about.rpartition("#")
        return (scene, int(number)) in possible.blocks and possible.can(scene, condition_of(possible.story, goal))
    return about in (possible.fragments if kind == "fragment" else possible.scenes)


def _claim(possible: Possible, text: str) -> Finding | None:
    """Settle an author's claim whose condition can hold in no scene."""
    condition = dict(claims_of(possible.story)).get(text)
    claim = read_claim(text)
    if condition is None or claim is None:
        return None
    if not any(possible.can(scene, condition) for scene in possible.scenes):
        how = _NEVER
    elif any(_is_ruled_out(possible, condition, night=night) for night in (False, True)):
        how = _SLICE
    else:
        return None
    return Finding(claim="claim", about=text, verdict="proved" if claim.kind == "never" else "refuted", how=how)


def _is_ruled_out(possible: Possible, condition: str, *, night: bool) -> bool:
    """Tell whether a slice of what a condition reads shows it in no scene."""
    slice_ = sliced(possible, [condition], night=night)
    return slice_ is not None and slice_.states is not None and not any(slice_.ever(scene, condition) for scene in possible.scenes)


def refuted_by_slice(possible: Possible, goal: Goal) -> Finding | None:
    """Try to show that something can never be met, by the few things that its condition reads."""
    kind, about = goal
    condition = condition_of(possible.story, goal)
    if condition is None or kind not in ("choice", "block"):
        return None
    scene = about.partition("/" if kind == "choice" else "#")[0]
    for night in (False, True):
        slice_: Slice | None = sliced(possible, [condition], scene, night=night)
        if slice_ is not None and not slice_.ever(scene, condition):
            return Finding(claim=kind, about=about, verdict="refuted", how=_SLICE)
    return None
