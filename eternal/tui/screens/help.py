"""Help for where one stands: what this place is, and every key that does something here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from eternal.speech import _, mark
from eternal.tui.keys import bindings, keys_of, shown
from eternal.tui.screens.room import Room
from eternal.tui.widgets.menu import Menu, Row
from eternal.tui.widgets.prose import Para, Prose

__all__ = ["HelpScreen"]

#: The rows that a page of it turns by.
_PAGE = 8


class HelpScreen(Room):
    """A page that is read, not walked; the arrows scroll it."""

    SCOPE = "list"
    PLACE = mark("Help")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list"),
        Binding("pagedown", f"step({_PAGE})", show=False),
        Binding("pageup", f"step(-{_PAGE})", show=False),
    ]

    def __init__(self, place: str, about: Sequence[str], scope: str) -> None:
        super().__init__()
        self.place = place
        self.lines = tuple(about)
        self.scope = scope

    def compose(self) -> ComposeResult:
        """Lay out what there is to say."""
        paras = [Para(_(self.place), "dim"), *(Para(line) for line in self.lines)]
        yield Prose(paras, palette=self.palette, classes="heading")
        menu = Menu(list(self._rows()), palette=self.palette)
        menu.add_class("fill")
        yield menu
        yield Prose([Para(self.hints(("list.back", _("back"))), "dim")], palette=self.palette, classes="foot")

    def _rows(self) -> Iterator[Row]:
        keymap = self.stage.settings.keymap
        seen: set[str] = set()
        for key in keys_of(self.scope):
            scope = self.scope if key in keys_of(self.scope)[: -len(keys_of("everywhere"))] else "everywhere"
            if key.says in seen:
                continue
            seen.add(key.says)
            keys = _("1 to 9") if key.id == "take-1" else shown(keymap.get(f"{scope}.{key.id}", key.keys))
            yield Row("", _(key.says), lead=keys)

    def action_step(self, by: int) -> None:
        """Scroll."""
        self.query_one(Menu).step(by)

    def action_press(self) -> None:
        """Go back."""
        self.action_back()

    def about(self) -> list[str]:
        """Return what the help says of itself: nothing."""
        return list(self.lines)
