"""Everything that a night is, between two actions."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Literal

import msgspec
from msgspec import Struct

from eternal.story import markup
from eternal.story.schema import Bounded, blocks_of
from eternal.story.story import Story

__all__ = ["News", "NewsKind", "State", "Value", "digest", "initial"]

#: A variable's value: yes or no, a whole number, or a word.
Value = bool | int | str

NewsKind = Literal[
    "answer",
    "collapse",
    "refuses",
    "erased",
    "hunt",
    "turn",
    "lost",
    "looking",
    "drift",
    "fled",
    "kept",
    "dropped",
    "hid",
    "broken",
    "dawn",
]


class News(Struct, frozen=True, gc=False):
    """Something that the last action brought: its kind, the scene, choice or fragment it is about, and where that stands."""

    kind: NewsKind
    about: str = ""
    scene: str = ""


class State(Struct, frozen=True, kw_only=True):
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
    erasable = [story.scenes[scene].strength for scene in story.position]
    machine = story.machine
    return State(
        seed=seed,
        past=past,
        scene=story.header.start,
        values=tuple(_start(spec) for spec in story.header.variables.values()),
        strength=tuple(erasable),
        refused=(0,) * len(erasable),
        lucidity=machine.lucidity.start if machine else 0,
    )


def _start(spec: bool | Bounded | tuple[str, ...]) -> Value:
    if isinstance(spec, bool):
        return spec
    return spec.start if isinstance(spec, Bounded) else spec[0]


def digest(story: Story, state: State) -> str:
    """Return 12 hexadecimal digits of everything in a state that can change what follows.

    By names, never by places in a table: a story whose scenes or variables were merely reordered gives the same digest.
    """
    plain: dict[str, Any] = {
        "scene": state.scene, "resume": state.resume, "sweep": state.sweep, "exposed": state.exposed,
        "values": dict(zip(story.variables, state.values, strict=True)),
        "strength": {name: left for name, left in zip(story.position, state.strength, strict=True) if left != story.scenes[name].strength},
        "refused": {name: times for name, times in zip(story.position, state.refused, strict=True) if times},
        "hands": state.hands, "hidden": state.hidden, "lost": sorted(state.lost), "given": sorted(state.given),
        "beat": state.beat, "heat": state.heat, "lucidity": state.lucidity, "hunted": state.hunted, "turned": state.turned,
        "looking": state.looking, "shown": sorted(state.shown), "visits": dict(state.visits),
        "chosen": sorted(state.chosen), "seed": state.seed, "past": state.past,
    }  # fmt: skip
    if read := _read_links(story, state):
        plain["read"] = read
    return blake2b(msgspec.json.encode(plain, order="deterministic"), digest_size=6).hexdigest()


def _read_links(story: Story, state: State) -> list[str]:
    """Return what the passages shown once led to: it is all of them that matters to what follows, and it has names."""
    passages = [(blocks_of(story.scenes[scene].text)[number].text, scene) for scene, number in state.read]
    return sorted(f"{scene}/{link}" for text, scene in passages if text for link in markup.links_of(text) or ())
