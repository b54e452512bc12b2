"""What the engine's facts are called on every face."""

from __future__ import annotations

from eternal.engine.view import ChoiceView, MachineView, View, WayView

__all__ = ["cost_words", "hands_words", "status_line", "when_words"]

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def when_words(when: str) -> str:
    """Say a date or an hour: `18 January 2003`, `January 2003`, `2003`, `01:30`."""
    parts = when.split("-")
    if ":" in when or len(parts) == 1:
        return when
    month = _MONTHS[int(parts[1]) - 1] if parts[1].isdecimal() and 1 <= int(parts[1]) <= 12 else parts[1]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"


def cost_words(choice: ChoiceView | WayView, usual: int = 1) -> tuple[str, ...]:
    """Say what a choice costs, in words: beats other than the usual, noise, the end of where one stands."""
    words = []
    if choice.beats and choice.beats != usual:
        words.append(f"{choice.beats} beats" if choice.beats > 1 else "1 beat")
    if choice.heat:
        words.append("loud" if choice.heat > 0 else "quiet")
    if isinstance(choice, ChoiceView) and choice.ends:
        words.append("this goes first")
    return tuple(words)


def status_line(machine: MachineView) -> str:
    """Return the machine's line: its target, what is left of it, and how the subject is."""
    if not machine.target:
        return f"no target · {machine.words}"
    return f"target {machine.number} of {machine.total} · integrity {machine.integrity} % · {machine.words}"


def hands_words(page: View) -> str:
    """Say how full the hands are: `2 of 3 in hand`."""
    return f"{len(page.hands)} of {page.carry} in hand"
