"""How Joel gets from one scene to another: by himself, thrown, or by way of what happens outside."""

from __future__ import annotations

from msgspec.structs import replace

from eternal.engine import machine
from eternal.engine.conditions import holds
from eternal.engine.effects import apply, clamp
from eternal.engine.state import News, State
from eternal.story.schema import NEXT
from eternal.story.story import Story

__all__ = ["arrive", "enter", "leave_outside", "spend"]


def arrive(story: Story, state: State, scene: str) -> State:
    """Bring Joel to a scene, unless something outside falls due first.

    `next`, and any scene that has been erased meanwhile, mean the newest memory left on the map, or the morning.
    """
    scene = _resolve(story, state, scene)
    due = _due(story, state, scene)
    if due is None:
        return enter(story, state, scene)
    news = (*state.news, News("outside", due))
    return enter(story, replace(state, resume=scene, shown=state.shown | {due}, news=news), due)


def leave_outside(story: Story, state: State) -> State:
    """Bring Joel back to where he was going before the story looked elsewhere."""
    scene = _resolve(story, state, state.resume or NEXT)
    asleep = story.head(scene) in story.position
    return enter(story, replace(state, news=(*state.news, News("back", scene))) if asleep else state, scene)


def _resolve(story: Story, state: State, scene: str) -> str:
    if scene != NEXT and not machine.is_erased(story, state, scene):
        return scene
    rules = story.machine
    return machine.next_memory(story, state) or (rules.morning if rules else story.header.start)


def _due(story: Story, state: State, scene: str) -> str | None:
    """Return the outside scene that is to be played now: only between two places of the night, each once."""
    if not story.index.outside:
        return None
    places = story.position
    if story.head(scene) not in places or story.head(scene) == story.head(state.scene):
        return None
    if story.scenes[state.scene].kind == "outside":
        return None
    for outside in story.index.outside:
        if outside not in state.shown and holds(story, state, story.scenes[outside].due, outside):
            return outside
    return None


def enter(story: Story, state: State, scene: str) -> State:
    """Leave the present scene and stand in another, with the effects of both."""
    if state.page:
        state = replace(state, read=state.read | state.page, page=frozenset())
    return begin(story, apply(story, state, story.scenes[state.scene].leave), scene)


def begin(story: Story, state: State, scene: str) -> State:
    """Stand in a scene without having left one."""
    spec = story.scenes[scene]
    resume = state.resume if spec.kind == "outside" else None
    state = replace(state, scene=scene, resume=resume)
    if scene in story.index.tracked.visits:
        state = replace(state, visits={**state.visits, scene: state.visits.get(scene, 0) + 1})
    state = apply(story, state, spec.enter)
    if spec.kind == "refuge":
        state = _expose(story, state)
    if story.machine is not None and scene == story.machine.morning:
        state = _wake_up(state)
    return state


def _expose(story: Story, state: State) -> State:
    """Once the hunt is on, a refuge that Joel enters is a refuge the machine knows."""
    head = story.head(state.scene)
    if not state.hunted or head in state.exposed:
        return state
    return replace(state, exposed=(*state.exposed, head))


def _wake_up(state: State) -> State:
    """At morning what was in hand is gone, and what was hidden or planted remains."""
    news = (*state.news, News("dawn"), *(News("lost", fragment) for fragment in state.hands))
    return replace(state, hands=(), lost=state.lost | frozenset(state.hands), sweep=None, news=news)


def spend(story: Story, state: State, beats: int) -> State:
    """Let beats pass until they are spent or something has moved Joel: a collapse, the morning, the machine's end.

    Whoever calls this compares the scene before and after: where it differs, the rest of the action does not happen.
    """
    rules = story.machine
    if rules is None:
        return state
    for _ in range(beats):
        state = machine.beat(story, state)
        if machine.gave_up(story, state) and rules.broken is not None:
            return enter(story, replace(state, news=(*state.news, News("broken"))), rules.broken)
        if state.beat >= rules.dawn or machine.next_memory(story, state) is None:
            return enter(story, _note_collapse(story, state), rules.morning)
        if machine.is_erased(story, state, state.scene):
            return _collapse(story, state)
    return state


def _note_collapse(story: Story, state: State) -> State:
    """If the night ends because the last memory went down around Joel, that is still read."""
    if not machine.is_erased(story, state, state.scene):
        return state
    return replace(state, news=(*state.news, News("collapse", story.head(state.scene), state.scene)))


def _collapse(story: Story, state: State) -> State:
    """The place goes down around Joel: he is less awake, and thrown into the next."""
    rules = story.machine
    assert rules is not None
    state = replace(_note_collapse(story, state), lucidity=clamp(state.lucidity - 1, rules.lucidity))
    return arrive(story, state, NEXT)
