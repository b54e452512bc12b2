"""The tempers of players: each a function from a turn to an action.

They know what a player at the screen knows (`careful` looks at what the status line says); none looks ahead further
than the next page.
"""

from __future__ import annotations

from eternal.author.playtest.careful import careful
from eternal.author.playtest.seat import Player, Seat
from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep

__all__ = ["TEMPERS"]


def random(seat: Seat) -> Action:
    """Do anything that is possible, each thing as likely as the other; let go of words only with full hands.

    A player who drops at random whatever was just picked up ends every night with nothing, and tells nothing of a story.
    """
    machine = seat.story.machine
    full = machine is not None and len(seat.state.hands) >= machine.carry
    return seat.any([option for option in seat.options if full or not isinstance(option, Drop)])


def first(seat: Seat) -> Action:
    """Take what stands first. A story in which this goes round in a ring has a ring."""
    return seat.options[0]


def last(seat: Seat) -> Action:
    """Take the last choice; never touch the words."""
    choices = seat.of(Choose)
    return choices[-1] if choices else seat.options[-1]


def greedy(seat: Seat) -> Action:
    """Keep all that can be kept, hide all that can be hidden, and run for more."""
    for kind in (Hide, Keep):
        found = seat.of(kind)
        if found:
            return found[0]
    flights = seat.of(Flee)
    if flights and seat.rng.random() < 0.5:
        return seat.rarest(flights, seat.tonight)
    return _move_on(seat)


def hasty(seat: Seat) -> Action:
    """Keep nothing, read little: the choice that gets furthest, which is mostly the last."""
    choices = seat.of(Choose)
    if not choices:
        return seat.any(seat.options)
    return choices[-1] if seat.rng.random() < 0.7 else seat.rarest(choices, seat.tonight)


def fresh(seat: Seat) -> Action:
    """Do what nobody has done yet, or what has been done least; letting go of words shows nothing new."""
    return seat.rarest([option for option in seat.options if not isinstance(option, Drop)] or seat.options, seat.ever)


def _move_on(seat: Seat) -> Action:
    """Take a choice not taken tonight, any; never drop anything."""
    moves = seat.of(Choose) or [option for option in seat.options if not isinstance(option, Drop)] or seat.options
    return seat.rarest(moves, seat.tonight)


#: Every temper by the name it has on the command line.
TEMPERS: dict[str, Player] = {
    "random": random,
    "first": first,
    "last": last,
    "greedy": greedy,
    "careful": careful,
    "hasty": hasty,
    "fresh": fresh,
}
