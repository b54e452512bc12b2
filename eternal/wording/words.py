"""What the engine's facts are called on every face."""

from __future__ import annotations

import re

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.pages import ChoiceView, MachineView, View, WayView
from eternal.speech import _, mark
from eternal.wording.told import short

__all__ = [
    "beats_words",
    "cost_words",
    "deed",
    "hands_words",
    "heading",
    "hour_words",
    "is_target",
    "left_words",
    "morning_words",
    "status_line",
    "target_line",
    "when_words",
]

# Marked here for the translators; translated where they are said.
_MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)


def when_words(when: str) -> str:
    """Say a date or an hour: `18 January 2003`, `January 2003`, `2003`, `01:30`; what is neither is said as it stands."""
    date = _DATE.fullmatch(when)
    if date is None:
        return when
    year, month, day = date["year"], _(_MONTHS[int(date["month"]) - 1]), date["day"]
    if day is None:
        return _("{month} {year}").format(month=month, year=year)
    return _("{day} {month} {year}").format(day=int(day), month=month, year=year)


_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])(-(?P<day>[0-9]{2}))?")


def heading(page: View) -> tuple[str, ...]:
    """Say where and when a page is: its title and its date; a page outside has its hour as its date.

    Asleep the hour stands still, and beside a date it would be taken for one of that day.
    """
    return tuple(part for part in dict.fromkeys((page.title, when_words(page.when) if page.when else "")) if part)


def cost_words(choice: ChoiceView | WayView, usual: int = 1) -> tuple[str, ...]:
    """Say what a choice costs, in words: beats other than the usual, noise, the end of where one stands."""
    words = []
    if choice.beats and choice.beats != usual:
        words.append(beats_words(choice.beats))
    if choice.heat:
        words.append(_noise(choice))
    if choice.ends:
        words.append(_("this place goes"))
    return tuple(words)


def _noise(choice: ChoiceView | WayView) -> str:
    """Say whether a choice is heard, and what the machine will say of it where that is new."""
    noise = _("loud") if choice.heat > 0 else _("quiet")
    return f"{noise}: {choice.brings}" if choice.brings else noise


def status_line(page: View) -> str:
    """Return all that the machine says: its line, how long it still needs, and how long it has. Empty on a page without a machine."""
    if page.machine is None:
        return ""
    return " · ".join(part for part in (target_line(page.machine), left_words(page), morning_words(page.machine)) if part)


def left_words(page: View) -> str:
    """Say how many beats the machine still needs where it is; nothing while it has no target.

    Outside the night nothing is counted: what is told there happens beside it.
    """
    machine = page.machine
    if machine is None or not machine.target or page.kind == "outside":
        return ""
    if is_target(page):
        return _("{beats} left here").format(beats=beats_words(machine.beats_left))
    return _("{beats} left of {place}").format(beats=beats_words(machine.beats_left), place=short(machine.title))


def is_target(page: View) -> bool:
    """Tell whether the machine works at the place where Joel is."""
    goal = page.machine.target if page.machine else ""
    return any(memory.here and memory.id == goal for memory in page.memories) or any(r.here and r.id == goal for r in page.refuges)


def beats_words(beats: int) -> str:
    """Say how many beats: `1 beat`, `3 beats`."""
    return _("1 beat") if beats == 1 else _("{beats} beats").format(beats=beats)


def morning_words(machine: MachineView) -> str:
    """Say how much is left of the night: in beats, since asleep there is no clock."""
    left = max(0, machine.dawn - machine.beat)
    return _("1 beat to morning") if left == 1 else _("{beats} beats to morning").format(beats=left)


def target_line(machine: MachineView, *, short: bool = False) -> str:
    """Return the machine's line: its target, what is left of it (unless it is to be short), and how the subject is."""
    if not machine.target:
        return _("no target · {words}").format(words=machine.words)
    if short:
        return _("target {number} of {total} · {words}").format(number=machine.number, total=machine.total, words=machine.words)
    return _("target {number} of {total} · integrity {integrity} % · {words}").format(
        number=machine.number, total=machine.total, integrity=machine.integrity, words=machine.words
    )


def hour_words(page: View) -> str:
    """Return the hour of a page; empty while there is none."""
    if page.kind == "outside" and ":" in page.when:
        return page.when
    return page.machine.hour if page.machine else ""


def hands_words(page: View) -> str:
    """Say how full the hands are: `2 of 3 in hand`."""
    return _("{held} of {carry} in hand").format(held=len(page.hands), carry=page.carry)


def deed(page: View, action: Action) -> str:
    """Say what was done on a page as the page itself said it."""
    lines = {it.id: it.line for it in page.fragments} | {it.id: it.line for it in page.hands}
    match action:
        case Choose(id=name):
            return next((choice.text for choice in page.choices if choice.id == name), name)
        case Flee(id=name):
            return next(
                (_("Run, {words}, to {title}.").format(words=way.words, title=way.title) for way in page.ways if way.scene == name), name
            )
        case Keep(id=name):
            return _("You keep: {line}").format(line=lines.get(name, name))
        case Drop(id=name):
            return _("You let go of: {line}").format(line=lines.get(name, name))
        case Hide(id=name):
            return _("You hide: {line}").format(line=lines.get(name, name))
        case Rewind(to=number):
            return _("You take it back, to step {number}.").format(number=number)
