"""What a first-time player is told, once each and in one quiet line: that words can be kept, that one can run, hide, be heard."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from eternal.engine.pages import View
from eternal.saves.profile import note_said, read_profile
from eternal.speech import _

__all__ = ["Whisper", "Whispers", "whisper"]


class Whisper(Struct, frozen=True):
    """A line and the name under which the profile remembers that it was said."""

    id: str
    text: str


class Whispers:
    """What has been told to the player of this machine, and what is next."""

    def __init__(self) -> None:
        """Remember what was told on other nights."""
        self._said = set(read_profile().said)

    def next(self, page: View, key: Callable[[str], str], *, table: bool = False) -> str:
        """Return what is to be said on a page for the first time ever, or nothing; from then on it has been said."""
        line = whisper(page, self._said, key, table=table)
        if line is None:
            return ""
        self._said.add(line.id)
        with contextlib.suppress(OSError):  # it will be told once more some day
            note_said(line.id)
        return line.text


def whisper(page: View, said: Collection[str], key: Callable[[str], str], *, table: bool = False) -> Whisper | None:
    """Return what is to be said on a page for the first time ever, or nothing.

    Args:
        page: the page.
        said: the names of what was said before.
        key: how the key of an id is written.
        table: whether a memento is asked for.
    """
    return next((line for line in _due(page, key, table=table) if line.id not in said), None)


def _due(page: View, key: Callable[[str], str], *, table: bool) -> Iterator[Whisper]:
    """Yield what could be said here, the most useful first."""
    machine = page.machine
    if table:
        yield Whisper("table", _("What you give lights its places for the machine. Press twice to give it."))
    if page.ways:
        yield Whisper("run", _("You can run now, along whatever two places share: {key}.").format(key=key("night.run")))
    if page.kind == "refuge" and page.hands and page.room:
        yield Whisper("hide", _("She was never here. What you hide here, it does not look for: {key}.").format(key=key("night.hands")))
    if page.fragments and len(page.hands) < page.carry:
        keys = {"walk": key("night.word"), "keep": key("night.keep")}
        yield Whisper("keep", _("Underlined words can be kept: {walk} walks to them, {keep} keeps them.").format(**keys))
    if machine is None:
        return
    if page.hands:
        yield Whisper("hands", _("Your hands hold {count}. By morning, only what has been hidden is left.").format(count=page.carry))
    if machine.mood != "calm" and page.kind == "memory":
        yield Whisper("heat", _("You have been heard. If it gets too loud, they call somebody in."))
    if any(memory.here and memory.target for memory in page.memories):
        yield Whisper("beats", _("The machine is here. Most of what you do takes one of its beats."))
    if page.integrity < 100:
        yield Whisper("going", _("Words go as the place goes. The ones you keep stay lit."))
