"""Every key, and what it can be changed to."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult

from eternal.speech import _, mark
from eternal.tui.keys import SCOPES, bindings, clash, find, shown
from eternal.tui.screens.room import Room
from eternal.tui.widgets.menu import Menu, Row
from eternal.tui.widgets.prose import Para, Prose

__all__ = ["KeysScreen"]

_PLACES = {
    "everywhere": mark("everywhere"),
    "night": mark("in the night"),
    "run": mark("where one can run to"),
    "hands": mark("hands"),
    "map": mark("the map"),
    "before": mark("before"),
    "nights": mark("nights"),
    "gallery": mark("endings"),
    "settings": mark("settings"),
    "cinema": mark("watching a night"),
    "ending": mark("the last page"),
    "title": mark("the title"),
    "list": mark("in every other list"),
}


class KeysScreen(Room):
    """The keymap. Enter waits for a key; a key that does something else here already is refused, with the reason."""

    SCOPE = "settings"
    PLACE = mark("Keys")
    BINDINGS = bindings("settings")

    def __init__(self) -> None:
        super().__init__()
        self.waiting = ""

    def compose(self) -> ComposeResult:
        """Lay out the keys by where they hold."""
        yield Prose([Para(_("Keys"), "dim")], palette=self.palette, classes="heading")
        menu = Menu(list(self._rows()), palette=self.palette)
        menu.add_class("fill")
        yield menu
        yield Prose([Para(self._hint(), "dim")], palette=self.palette, classes="foot")

    def _hint(self) -> str:
        keys = [("enter", _("another key")), ("default", _("as it was")), ("back", _("back"))]
        return " · ".join(f"{self.key(f'settings.{name}')} {says}" for name, says in keys)

    def _rows(self) -> Iterator[Row]:
        keymap = self.stage.settings.keymap
        for scope, place in _PLACES.items():
            yield from ([Row("", "")] if scope != "everywhere" else [])
            yield Row("", _(place), role="dim")
            for key in SCOPES[scope]:
                if not key.fixed:
                    name = f"{scope}.{key.id}"
                    yield Row(name, _(key.says), _("press a key") if name == self.waiting else shown(keymap.get(name, key.keys)))

    def _say(self, note: str = "") -> None:
        self.query_one(Menu).rows = list(self._rows())
        self.query_one(".foot", Prose).paras = [Para(note or self._hint(), "lamp" if note else "dim")]

    def on_key(self, event: events.Key) -> None:
        """Take the key that was waited for."""
        if not self.waiting:
            return
        event.stop()
        event.prevent_default()
        name, self.waiting = self.waiting, ""
        if event.key == "escape":
            self._say()
            return
        reason = clash(self.stage.settings.keymap, name, event.key)
        if reason:
            self._say(reason)
            return
        keymap = {**self.stage.settings.keymap, name: event.key}
        self._say(self.stage.change(replace(self.stage.settings, keymap=keymap)))

    def action_step(self, by: int) -> None:
        """Move among the keys."""
        self.query_one(Menu).step(by)

    def action_change(self, by: int) -> None:
        """Nothing: a key has no next value."""

    def action_default(self) -> None:
        """Give the key under the cursor back what it did in the beginning."""
        name = self.query_one(Menu).cursor
        key = find(name)
        rest = {other: keys for other, keys in self.stage.settings.keymap.items() if other != name}
        taken = [reason for pressed in (key.keys.split(",") if key else []) if (reason := clash(rest, name, pressed))]
        self._say(taken[0] if taken else self.stage.change(replace(self.stage.settings, keymap=rest)))

    def action_press(self) -> None:
        """Wait for a key."""
        self.query_one(Menu).press()

    @on(Menu.Picked)
    def picked(self, event: Menu.Picked) -> None:
        """Wait for a key."""
        self.waiting = event.row
        self._say()
