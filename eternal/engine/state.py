"""Everything that a night is, between two actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from eternal.story.schema import Bounded
from eternal.story.story import Story

__all__ = ["News", "NewsKind", "State", "Value", "initial"]

#: A variable's value: yes or no, a whole number, or a word.
Value = bool | int | str

NewsKind = Literal[
    "answer",
    "again",
    "collapse",
    "refuses",
    "erased",
    "noise",
    "hunt",
    "turn",
    "lost",
    "looking",
    "drift",
    "outside",
    "back",
    "fled",
    "kept",
    "dropped",
    "hid",
    "broken",
    "dawn",
]


class News(Struct, frozen=True, gc=False):
    """Something that the last action brought: its kind, the scene, choice or fragment it is about, and where that stands.

    Of noise it is about how loudly Joel runs now.
    """

    kind: NewsKind
    about: str = ""
    scene: str = ""


class State(Struct, frozen=True, kw_only=True, gc=False):
    """A night between two actions. Immutable; two equal states go on alike.

    Attributes:
        seed: what the cosmetic variants are drawn from; the same all night.
        past: endings of earlier nights of this player.
        scene: where Joel is.
        resume: outside: where he was going.
        values: the variables, in the order of `story.variables`.
        strength: beats of strength left of each memory and refuge, in the order of `story.position`.
        refused: how often each of them has refused.
        sweep: the exposed refuge that the machine has turned to.
        exposed: refuges entered since the alarm, in order.
        hands: fragments in hand, in order.
        hidden: fragments hidden, each with the head of its place, in order.
        lost: fragments that can never be kept again.
        given: mementos handed over.
        beat: beats since the machine began.
        shown: outside scenes that have been played.
        visits: entries of the scenes whose count somebody asks for.
        chosen: choices taken, of those somebody asks for.
        read: blocks marked `once` that have been shown on a page that was left: scene and number.
        page: during an action: those on the page it is taken on; empty between actions.
        news: what the last action brought; no part of the state's digest.
    """

    seed: int = 0
    past: tuple[str, ...] = ()
    scene: str
    resume: str | None = None
    values: tuple[Value, ...] = ()
    strength: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    sweep: str | None = None
    exposed: tuple[str, ...] = ()
    hands: tuple[str, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    lost: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    beat: int = 0
    heat: int = 0
    lucidity: int = 0
    hunted: bool = False
    turned: bool = False
    looking: bool = False
    shown: frozenset[str] = frozenset()
    visits: Mapping[str, int] = {}
    chosen: frozenset[tuple[str, str]] = frozenset()
    read: frozenset[tuple[str, int]] = frozenset()
    page: frozenset[tuple[str, int]] = frozenset()
    news: tuple[News, ...] = ()

    @property
    def kept(self) -> tuple[str, ...]:
        """Every fragment that is hidden or planted, then those in hand: the order of the poem."""
        return (*(fragment for fragment, _ in self.hidden), *self.hands)


def initial(story: Story, seed: int = 0, past: tuple[str, ...] = ()) -> State:
    """Return a night's state before anything has happened; `enter` the start to begin it."""
    machine = story.machine
    return State(
        seed=seed,
        past=past,
        scene=story.header.start,
        values=tuple(_start(spec) for spec in story.header.variables.values()),
        strength=story.strengths,
        refused=story.untouched,
        lucidity=machine.lucidity.start if machine else 0,
    )


def _start(spec: bool | Bounded | tuple[str, ...]) -> Value:
    if isinstance(spec, bool):
        return spec
    return spec.start if isinstance(spec, Bounded) else spec[0]
