"""The careful player: how a thoughtful person plays, and what a story's balance is measured with.

Keeps words while there is room for them, fights when that becomes possible, runs early and quietly to a place the
machine does not know, hides what is in hand there, and plants one last thing where the night ends.
"""

from __future__ import annotations

from eternal.author.playtest.seat import Seat
from eternal.engine import machine
from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep
from eternal.engine.choices import beats_of
from eternal.engine.step import step
from eternal.story.schema import NEXT, Choice, Scene

__all__ = ["careful"]


def careful(seat: Seat) -> Action:
    """Hide, keep, run, or go on: the first of these that makes sense."""
    if seat.story.machine is None:
        return _keep(seat) or _go_on(seat)
    return _hide(seat) or _keep(seat) or _fight(seat) or _run(seat) or _go_on(seat)


def _here(seat: Seat) -> Scene:
    return seat.story.scenes[seat.story.head(seat.state.scene)]


def _hide(seat: Seat) -> Action | None:
    """Hide what is in hand wherever the machine will not look, the rarest motif first."""
    options = seat.of(Hide)
    if not options or _here(seat).id in seat.state.exposed:
        return None
    return min(options, key=lambda option: _commonness(seat, option))


def _keep(seat: Seat) -> Action | None:
    """Keep words of a motif one does not have yet, else any."""
    options = seat.of(Keep)
    return min(options, key=lambda option: _commonness(seat, option)) if options else None


def _commonness(seat: Seat, action: Action) -> int:
    """Return how many kept fragments share the motif of the one an action is about."""
    assert isinstance(action, Hide | Keep)
    return sum(_motif(seat, kept) == _motif(seat, action.id) for kept in seat.state.kept)


def _motif(seat: Seat, fragment: str) -> str:
    story = seat.story
    return story.scenes[story.index.fragments[fragment]].fragments[fragment].motif


def _fight(seat: Seat) -> Action | None:
    """Take the choice that opens flight: the page says clearly which that is."""
    if seat.state.turned or _here(seat).kind != "memory":
        return None
    return next((option for option in seat.of(Choose) if step(seat.story, seat.state, option).turned), None)


def _run(seat: Seat) -> Action | None:
    """Run with full enough hands to a refuge that has room and is not known, as long as nobody is called for it."""
    state, rules = seat.state, seat.story.machine
    assert rules is not None
    loud = rules.hunt is not None and state.heat + rules.flee.heat >= rules.hunt.at
    if state.hunted or loud or _here(seat).kind != "memory" or not _is_time(seat):
        return None
    room = {way: _room(seat, way.id) for way in seat.of(Flee) if isinstance(way, Flee)}
    best = max(room.values(), default=0)
    return seat.any([way for way, left in room.items() if left == best]) if best else None


def _is_time(seat: Seat) -> bool:
    """It is time to run with two fragments in hand, or with one when the place is going."""
    state, here = seat.state, _here(seat)
    if len(state.hands) > 1:
        return True
    going = machine.target(seat.story, state) == here.id and state.strength[seat.story.position[here.id]] <= 2
    return going and bool(state.hands)


def _room(seat: Seat, place: str) -> int:
    """Return how many fragments a refuge can still hide; none if the machine knows it or it is a memory."""
    scene = seat.story.scenes[place]
    if scene.kind != "refuge" or place in seat.state.exposed:
        return 0
    return scene.capacity - sum(where == place for _, where in seat.state.hidden)


def _go_on(seat: Seat) -> Action:
    """Take a choice not taken tonight, the quietest and shortest first; drop something only if nothing else is left."""
    choices = seat.of(Choose)
    if not choices:
        return seat.any(seat.of(Keep, Hide, Flee) or seat.of(Drop))
    new = [option for option in choices if not seat.tonight[seat.state.scene, option]]
    if not new:
        return seat.rarest(choices, seat.tonight)
    least = min(_cost(seat, option) for option in new)
    return seat.any([option for option in new if _cost(seat, option) <= least])


def _cost(seat: Seat, option: Action) -> int:
    """Return what a careful person minds about a choice: noise, sleep, lost time, and leaving before it must be."""
    assert isinstance(option, Choose)
    choice = seat.story.choice(seat.state.scene, option.id)
    if choice is None or seat.story.machine is None:
        return 0
    return max(0, choice.heat) * 3 + choice.sedate * 2 - choice.wake + _haste(seat, choice)


def _haste(seat: Seat, choice: Choice) -> int:
    """Letting go of a memory that still stands is the last thing to do in it, ending the night the very last."""
    long = max(0, beats_of(seat.story, seat.state, choice) - 1)
    rules = seat.story.machine
    if rules is not None and choice.to == rules.morning:
        return long + 9
    return long + (4 if choice.to == NEXT and _here(seat).kind == "memory" else 0)
