"""The whole engine: `step(story, state, action) -> state`. Pure, deterministic; no clock, no I/O, no chance."""

from __future__ import annotations

from msgspec.structs import replace

from eternal.engine import choices, machine, travel
from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.conditions import dissonance, holds
from eternal.engine.effects import apply
from eternal.engine.state import News, State, initial
from eternal.errors import Refused
from eternal.story.schema import Choice
from eternal.story.story import Story

__all__ = ["is_over", "start", "step"]


def start(story: Story, seed: int = 0, past: tuple[str, ...] = ()) -> State:
    """Return the state in which a night begins.

    Args:
        story: the story to play.
        seed: chooses among the texts of `one_of`, and nothing else.
        past: the endings of earlier nights.
    """
    return _settle(story, travel.begin(story, initial(story, seed, past), story.header.start))


def is_over(story: Story, state: State) -> bool:
    """Tell whether the night has reached an ending."""
    return story.scenes[state.scene].kind == "ending"


def step(story: Story, state: State, action: Action) -> State:
    """Return the state after an action.

    Raises:
        Refused: the action is not possible in this state; the message says why.
    """
    if is_over(story, state):
        raise Refused("this night is over")
    quiet = _begun(story, state)
    match action:
        case Choose(id=name):
            after = _unrepeated(state, _choose(story, quiet, name))
        case Keep(id=name):
            after = _keep(story, quiet, name)
        case Drop(id=name):
            after = _drop(story, quiet, name)
        case Hide(id=name):
            after = _hide(story, quiet, name)
        case Flee(id=name):
            after = _flee(story, quiet, name)
        case Rewind():
            raise Refused("going back needs the list of what has been done")
    return _settle(story, after)


def _begun(story: Story, state: State) -> State:
    """Return the state that an action begins with: its news are told, and what its page shows once is noted while it is shown."""
    page = choices.shown_once(story, state)
    return replace(state, news=(), page=page) if state.news or page else state


def _settle(story: Story, state: State) -> State:
    """Notice what, once it has come, does not go again: the turn, and Clementine's beginning to look."""
    if state.page:
        state = replace(state, page=frozenset())
    rules = story.machine
    if rules is None:
        return state
    if not state.turned and holds(story, state, rules.turn, state.scene):
        news = (*state.news, News("turn")) if rules.turn is not None else state.news
        state = replace(state, turned=True, news=news)
    if not state.looking and rules.wakes_at is not None and dissonance(story, state) >= rules.wakes_at:
        state = replace(state, looking=True, news=(*state.news, News("looking")))
    return state


def _choose(story: Story, state: State, name: str) -> State:
    choice = choices.offered(story, state, name)
    if choice is None:
        raise Refused("there is no choice {name!r} here now", name=name)
    place = state.scene
    beats = choices.beats_of(story, state, choice)
    state = apply(story, _note_choice(story, state, choice), choice)
    if beats:
        state = travel.spend(story, state, beats)
        if state.scene != place:
            return state
    if choice.to is not None:
        return travel.arrive(story, state, choice.to)
    return travel.leave_outside(story, state) if story.scenes[place].kind == "outside" else state


def _unrepeated(before: State, after: State) -> State:
    """Answer the same choice twice in a row in the same words only where nothing else tells that it was taken: no beat, no other place."""
    told = {(news.about, news.scene) for news in before.news if news.kind in ("answer", "again")}
    if not told or (after.scene == before.scene and after.beat == before.beat):
        return after
    return replace(after, news=tuple(_silent(news) if (news.about, news.scene) in told else news for news in after.news))


def _silent(news: News) -> News:
    return News("again", news.about, news.scene) if news.kind == "answer" else news


def _note_choice(story: Story, state: State, choice: Choice) -> State:
    key = (state.scene, choice.id)
    if key in story.index.tracked.choices:
        state = replace(state, chosen=state.chosen | {key})
    if choice is choices.DRIFT:
        return replace(state, news=(News("drift"),))
    return replace(state, news=(News("answer", choice.id, state.scene),)) if choice.answer else state


def _keep(story: Story, state: State, name: str) -> State:
    if name in state.kept:
        raise Refused("you have that already")
    if name not in choices.fragments_here(story, state):
        raise Refused("those words are gone") if name in state.lost else Refused("those words are not here")
    rules = story.machine
    if rules is not None and len(state.hands) >= rules.carry:
        raise Refused("your hands hold {carry}; drop or hide something first", carry=rules.carry)
    state = replace(state, hands=(*state.hands, name), news=(News("kept", name),))
    in_memory = story.scenes[state.scene].kind == "memory"
    return travel.spend(story, state, rules.keep) if rules is not None and in_memory else state


def _drop(story: Story, state: State, name: str) -> State:
    """Let a fragment go: back to its words, or for good if they are gone."""
    if name not in state.hands:
        raise Refused("that is not in your hands")
    hands = tuple(fragment for fragment in state.hands if fragment != name)
    gone = machine.is_erased(story, state, story.index.fragments[name])
    lost = state.lost | {name} if gone else state.lost
    return replace(state, hands=hands, lost=lost, news=(News("dropped", name), *((News("lost", name),) if gone else ())))


def _hide(story: Story, state: State, name: str) -> State:
    if name not in state.hands:
        raise Refused("that is not in your hands")
    room = choices.room_left(story, state)
    if room <= 0:
        head = story.scenes[story.head(state.scene)]
        raise Refused("there is no more room here") if head.capacity else Refused("there is nowhere to hide anything here")
    hands = tuple(fragment for fragment in state.hands if fragment != name)
    hidden = (*state.hidden, (name, story.head(state.scene)))
    state = replace(state, hands=hands, hidden=hidden, news=(News("hid", name),))
    return travel.spend(story, state, story.machine.hide) if story.machine is not None else state


def _flee(story: Story, state: State, name: str) -> State:
    if name not in {way.scene for way in choices.ways(story, state)}:
        raise Refused("no way leads there from here") if state.turned else Refused("you do not know yet that one can run")
    rules = story.machine
    assert rules is not None
    place = state.scene
    state = machine.stir(story, replace(state, news=(News("fled", name, place),)), rules.flee.heat)
    state = travel.spend(story, state, rules.flee.beats)
    return state if state.scene != place else travel.arrive(story, state, name)
