"""What stands beside the page: the ways out, the map, and the machine's side of the night."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine import choices, machine
from eternal.engine.clock import clock
from eternal.engine.conditions import on_map, percent
from eternal.engine.pages import MachineView, MemoryView, Mood, RefugeView, WayView
from eternal.engine.teller import Teller
from eternal.story.messages import scene_key

__all__ = ["beats_left", "brings", "has_begun", "machine_side", "memories", "refuges", "ways"]


def has_begun(t: Teller) -> bool:
    """Tell whether the machine has something to do with where Joel is: something is on the map."""
    return t.story.machine is not None and (t.state.beat > 0 or bool(t.state.given) or t.head.id in t.story.position)


def beats_left(t: Teller) -> int:
    """Return how many beats the place Joel stands in has left, if the machine is at work there; else 0."""
    here = t.story.position.get(t.head.id)
    if here is None or t.story.machine is None or machine.target(t.story, t.state) != t.head.id:
        return 0
    return -(-t.state.strength[here] // machine.rate(t.story, t.state))


def ways(t: Teller) -> Iterator[WayView]:
    """Yield the ways of flight that are open."""
    rules = t.story.machine
    if rules is None:
        return
    ends, will_say = 0 < beats_left(t) <= rules.flee.beats, brings(t, rules.flee.heat)
    for way in choices.ways(t.story, t.state):
        yield WayView(
            scene=way.scene,
            title=t.title(way.scene),
            kind=t.story.scenes[way.scene].kind,
            motif=way.motif,
            words=t.say(f"motif:{way.motif}", t.story.motifs[way.motif]),
            beats=rules.flee.beats,
            heat=rules.flee.heat,
            integrity=percent(t.story, t.state, way.scene),
            ends=ends,
            brings=will_say,
        )


def memories(t: Teller) -> Iterator[MemoryView]:
    """Yield the memories, the newest first."""
    story, state = t.story, t.state
    goal, kept = machine.target(story, state), set(state.kept)
    for name in story.index.memories:
        scene = story.scenes[name]
        yield MemoryView(
            id=name,
            title=t.title(name),
            when=scene.when or "",
            hair=scene.hair or "",
            integrity=percent(story, state, name),
            on_map=on_map(story, state, name),
            here=name == t.head.id,
            target=name == goal,
            motifs=scene.motifs,
            kept=len(kept.intersection(story.fragments_of.get(name, ()))),
        )


def refuges(t: Teller) -> Iterator[RefugeView]:
    """Yield the refuges that Joel has found."""
    story, state = t.story, t.state
    for name in story.index.refuges:
        if not state.visits.get(name):
            continue
        hidden = tuple(fragment for fragment, where in state.hidden if where == name)
        yield RefugeView(
            id=name,
            title=t.title(name),
            integrity=percent(story, state, name),
            exposed=name in state.exposed,
            here=name == t.head.id,
            room=story.scenes[name].capacity - len(hidden),
            hidden=hidden,
            motifs=story.scenes[name].motifs,
        )


def machine_side(t: Teller) -> MachineView | None:
    """Return what the machine is at; None in a story without one."""
    story, state, rules = t.story, t.state, t.story.machine
    if rules is None:
        return None
    goal = machine.target(story, state)
    lit = [memory for memory in story.index.memories if on_map(story, state, memory)]
    gone = sum(machine.is_erased(story, state, memory) for memory in lit)
    left = state.strength[story.position[goal]] if goal else 0
    mood = machine.loudness(story, state)
    status = story.scenes[goal].status if goal else None
    return MachineView(
        hour=clock(story, state),
        beat=state.beat,
        dawn=rules.dawn,
        target=goal or "",
        title=t.title(goal) if goal else "",
        number=min(gone + 1, len(lit)),
        total=len(lit),
        integrity=percent(story, state, goal) if goal else 0,
        beats_left=-(-left // machine.rate(story, state)),
        mood=mood,
        words=_voice(t, mood),
        status=t.say(scene_key(goal, "status"), status) if goal and status else "",
    )


def brings(t: Teller, heat: int) -> str:
    """Return what the machine will say once there is so much heat more; nothing, where it says that already."""
    mood = machine.loudness(t.story, t.state, heat)
    return _voice(t, mood) if heat and mood != machine.loudness(t.story, t.state) else ""


def _voice(t: Teller, mood: Mood) -> str:
    """Return what the machine says while Joel is so loud."""
    rules = t.story.machine
    return t.say(f"voice:{mood}", getattr(rules.voice, mood)) if rules is not None else ""
