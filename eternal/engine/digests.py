"""The digest of a state: what a journal notes after each action, and what a replay is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from eternal.engine.state import State, Value
from eternal.story import markup
from eternal.story.schema import blocks_of
from eternal.story.story import Story

__all__ = ["digest"]


class _Facts(Struct, gc=False):
    """Everything in a state that can change what follows, by names. The fields stand in the order of the alphabet: so they are written."""

    beat: int
    chosen: Sequence[tuple[str, str]]
    exposed: tuple[str, ...]
    given: Sequence[str]
    hands: tuple[str, ...]
    heat: int
    hidden: tuple[tuple[str, str], ...]
    hunted: bool
    looking: bool
    lost: Sequence[str]
    lucidity: int
    past: tuple[str, ...]
    read: list[str] | UnsetType
    refused: dict[str, int]
    resume: str | None
    scene: str
    seed: int
    shown: Sequence[str]
    strength: dict[str, int]
    sweep: str | None
    turned: bool
    values: dict[str, Value]
    visits: Mapping[str, int]


_encode = msgspec.json.Encoder(order="deterministic").encode


def digest(story: Story, state: State) -> str:
    """Return 12 hexadecimal digits of everything in a state that can change what follows.

    By names, never by places in a table: a story whose scenes or variables were merely reordered gives the same digest.
    """
    facts = _Facts(
        state.beat, _sorted(state.chosen), state.exposed, _sorted(state.given), state.hands, state.heat, state.hidden, state.hunted,
        state.looking, _sorted(state.lost), state.lucidity, state.past, _read_links(story, state) if state.read else UNSET,
        _changed(story, state.refused, story.untouched), state.resume, state.scene, state.seed, _sorted(state.shown),
        _changed(story, state.strength, story.strengths), state.sweep, state.turned,
        dict(zip(story.variables, state.values, strict=True)), state.visits,
    )  # fmt: skip
    return blake2b(_encode(facts), digest_size=6).hexdigest()


def _sorted(names: frozenset[Any]) -> Sequence[Any]:
    return sorted(names) if names else ()


def _changed(story: Story, numbers: tuple[int, ...], first: tuple[int, ...]) -> dict[str, int]:
    """Return, by their names, the numbers of memories and refuges that are no longer what they were at first."""
    if numbers == first:
        return {}
    return {name: number for name, number, was in zip(story.position, numbers, first, strict=True) if number != was}


def _read_links(story: Story, state: State) -> list[str] | UnsetType:
    """Return what the passages shown once led to: it is all of them that matters to what follows, and it has names."""
    passages = [(blocks_of(story.scenes[scene].text)[number].text, scene) for scene, number in state.read]
    return sorted(f"{scene}/{link}" for text, scene in passages if text for link in markup.links_of(text) or ()) or UNSET
