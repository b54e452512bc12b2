"""What can be done in a state: choices, ways of flight, words to keep, places to hide them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep
from eternal.engine.conditions import holds
from eternal.engine.machine import is_erased
from eternal.engine.state import State
from eternal.story import markup
from eternal.story.schema import NEXT, Block, Choice, blocks_of
from eternal.story.story import Story

__all__ = ["DRIFT", "Way", "available", "beats_of", "blocks", "fragments_here", "possible", "room_left", "ways"]

#: What is left to do in a memory or refuge when all its own ways on are gone.
DRIFT = Choice(id="drift", text="Let it carry you.", to=NEXT)


class Way(Struct, frozen=True, gc=False):
    """A way of flight: where it leads, and the motif it runs along."""

    scene: str
    motif: str


def available(story: Story, state: State) -> tuple[Choice, ...]:
    """Return the choices that are offered: their condition holds, and where they lead still exists.

    In a memory or refuge of a story with a machine there is always one: to drift on.
    """
    scene = story.scenes[state.scene]
    offered = tuple(choice for choice in scene.choices if is_offered(story, state, choice))
    if not offered and story.machine is not None and scene.kind in ("memory", "refuge"):
        return (DRIFT,)
    return offered


def is_offered(story: Story, state: State, choice: Choice) -> bool:
    """Tell whether a choice of the present scene is offered."""
    if choice.to is not None and choice.to != NEXT and is_erased(story, state, choice.to):
        return False
    return holds(story, state, choice.if_, state.scene)


def beats_of(story: Story, state: State, choice: Choice) -> int:
    """Return how many beats a choice takes: what it says, else 1 in a memory and 0 elsewhere."""
    if story.machine is None:
        return 0
    if choice.beats is not None:
        return choice.beats
    return 1 if story.scenes[state.scene].kind == "memory" else 0


def ways(story: Story, state: State) -> tuple[Way, ...]:
    """Return where flight can lead: after the turn, along the motifs of the place and of what is in hand."""
    here = story.head(state.scene)
    if story.machine is None or not state.turned or here not in story.position:
        return ()
    found: dict[str, Way] = {}
    for motif in _motifs(story, state, here):
        for scene in story.along.get(motif, ()):
            if scene != here and scene not in found and not is_erased(story, state, scene) and _is_open(story, state, scene):
                found[scene] = Way(scene, motif)
    return tuple(found.values())


def _motifs(story: Story, state: State, here: str) -> dict[str, None]:
    """Return the motifs at hand, in order: first the place's, then those of the fragments."""
    motifs = dict.fromkeys(story.scenes[here].motifs)
    for fragment in state.hands:
        motifs[story.scenes[story.index.fragments[fragment]].fragments[fragment].motif] = None
    return motifs


def _is_open(story: Story, state: State, scene: str) -> bool:
    return holds(story, state, story.scenes[scene].open, scene)


def blocks(story: Story, state: State) -> Iterator[tuple[int, Block]]:
    """Yield the blocks of the present scene that are shown, with their numbers."""
    for number, block in enumerate(blocks_of(story.scenes[state.scene].text)):
        if block.once and (state.scene, number) in state.read:
            continue
        if holds(story, state, block.if_, state.scene):
            yield number, block


def fragments_here(story: Story, state: State) -> tuple[str, ...]:
    """Return the fragments in the words that are shown and that can still be taken, in reading order."""
    taken = {*state.kept, *state.lost}
    found: dict[str, None] = {}
    for _, block in blocks(story, state):
        if block.text is not None and "](keep:" in block.text:
            found.update((run.keep, None) for p in markup.paragraphs(block.text) for run in p.runs if run.keep and run.keep not in taken)
    return tuple(found)


def room_left(story: Story, state: State) -> int:
    """Return how many fragments can still be hidden where Joel is."""
    head = story.head(state.scene)
    capacity = max(story.scenes[head].capacity, story.scenes[state.scene].capacity)
    return capacity - sum(where == head for _, where in state.hidden)


def possible(story: Story, state: State) -> list[Action]:
    """Return every action, but for going back, that would not be refused now."""
    if story.scenes[state.scene].kind == "ending":
        return []
    found: list[Action] = [Choose(choice.id) for choice in available(story, state)]
    if story.machine is None or len(state.hands) < story.machine.carry:
        found += [Keep(fragment) for fragment in fragments_here(story, state)]
    found += [Drop(fragment) for fragment in state.hands]
    if room_left(story, state) > 0:
        found += [Hide(fragment) for fragment in state.hands]
    return found + [Flee(way.scene) for way in ways(story, state)]
