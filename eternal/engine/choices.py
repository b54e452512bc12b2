"""What can be done in a state: choices, ways of flight, words to keep, places to hide them."""

from __future__ import annotations

from msgspec import Struct

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep
from eternal.engine.conditions import holds
from eternal.engine.machine import is_erased
from eternal.engine.plans import Offer, Plan, Words, plan_of
from eternal.engine.state import State
from eternal.speech import mark
from eternal.story.schema import NEXT, Block, Choice
from eternal.story.story import Story

__all__ = ["DRIFT", "Way", "available", "beats_of", "blocks", "fragments_here", "offered", "possible", "room_left", "shown_once", "ways"]

#: What is left to do in a memory or refuge when all its own ways on are gone.
DRIFT = Choice(id="drift", text=mark("Let it carry you."), to=NEXT)


class Way(Struct, frozen=True, gc=False):
    """A way of flight: where it leads, and the motif it runs along."""

    scene: str
    motif: str


def available(story: Story, state: State) -> tuple[Choice, ...]:
    """Return the choices that are offered: their condition holds, and where they lead still exists.

    In a memory or refuge of a story with a machine there is always one: to drift on.
    """
    here, strength = state.scene, state.strength
    offered = tuple([
        offer.choice for offer in plan_of(story, here).offers
        if (offer.place is None or strength[offer.place]) and (offer.test is None or offer.test(story, state, here))
    ])  # fmt: skip
    if not offered and story.machine is not None and story.scenes[here].kind in ("memory", "refuge"):
        return (DRIFT,)
    return offered


def offered(story: Story, state: State, name: str) -> Choice | None:
    """Return the choice of that id if it is offered now."""
    offer = plan_of(story, state.scene).by_id.get(name)
    if offer is None:
        return DRIFT if name == DRIFT.id and DRIFT in available(story, state) else None
    return offer.choice if _is_open(story, state, offer) else None


def is_offered(story: Story, state: State, choice: Choice) -> bool:
    """Tell whether a choice of the present scene is offered, whatever else is."""
    return _is_open(story, state, plan_of(story, state.scene).by_id[choice.id])


def _is_open(story: Story, state: State, offer: Offer) -> bool:
    if offer.place is not None and not state.strength[offer.place]:
        return False
    return offer.test is None or offer.test(story, state, state.scene)


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
            if scene != here and scene not in found and not is_erased(story, state, scene) and _lets_in(story, state, scene):
                found[scene] = Way(scene, motif)
    return tuple(found.values())


def _motifs(story: Story, state: State, here: str) -> dict[str, None]:
    """Return the motifs at hand, in order: first the place's, then those of the fragments."""
    motifs = dict.fromkeys(story.scenes[here].motifs)
    for fragment in state.hands:
        motifs[story.scenes[story.index.fragments[fragment]].fragments[fragment].motif] = None
    return motifs


def _lets_in(story: Story, state: State, scene: str) -> bool:
    return holds(story, state, story.scenes[scene].open, scene)


def blocks(story: Story, state: State) -> list[tuple[int, Block]]:
    """Return the blocks of the present scene that are shown, with their numbers."""
    return [(words.number, words.block) for words in _shown(story, state, plan_of(story, state.scene))]


def _shown(story: Story, state: State, plan: Plan) -> list[Words]:
    here = state.scene
    shown = [words for words in plan.words if words.test is None or words.test(story, state, here)]
    return [words for words in shown if not (words.block.once and (here, words.number) in state.read)] if plan.has_once else shown


def shown_once(story: Story, state: State) -> frozenset[tuple[str, int]]:
    """Return the blocks on the present page that are not shown again once it has been left."""
    plan = plan_of(story, state.scene)
    if not plan.has_once:
        return frozenset()
    return frozenset((state.scene, words.number) for words in _shown(story, state, plan) if words.block.once)


def fragments_here(story: Story, state: State) -> tuple[str, ...]:
    """Return the fragments in the words that are shown and that can still be taken, in reading order."""
    plan = plan_of(story, state.scene)
    if not plan.has_links:
        return ()
    taken = {*state.kept, *state.lost}
    return tuple(dict.fromkeys(name for words in _shown(story, state, plan) for name in words.links if name not in taken))


def room_left(story: Story, state: State) -> int:
    """Return how many fragments can still be hidden where Joel is."""
    plan = plan_of(story, state.scene)
    return plan.capacity - sum([where == plan.head for _, where in state.hidden]) if plan.capacity else 0


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
