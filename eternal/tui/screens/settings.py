"""The settings: each with its values, changed in place and kept at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult

from eternal.tui.keys import bindings
from eternal.tui.screens.keys import KeysScreen
from eternal.tui.screens.room import Room
from eternal.tui.settings import PACES, WIDTHS, Settings
from eternal.tui.themes import OURS
from eternal.tui.widgets.menu import Menu, Row
from eternal.tui.widgets.prose import Para, Prose

__all__ = ["SettingsScreen"]


class SettingsScreen(Room):
    """One row a setting."""

    SCOPE = "settings"
    PLACE = "Settings"
    BINDINGS = bindings("settings")

    def compose(self) -> ComposeResult:
        """Lay out the settings."""
        yield Prose([Para("Settings", "dim")], palette=self.palette, classes="heading")
        menu = Menu(list(self._rows()), palette=self.palette, apart=1)
        menu.add_class("fill")
        yield menu
        yield Prose([Para(self._hint(), "dim")], palette=self.palette, classes="foot")

    def _hint(self) -> str:
        return f"{self.key('settings.less')} {self.key('settings.more')} change · {self.key('settings.back')} back"

    def _rows(self) -> Iterator[Row]:
        now = self.stage.settings
        yield Row("theme", "Theme", now.theme, "night, snow, tangerine, paper, and the ones that Textual brings")
        yield Row("pace", "Pace", now.pace, "how fast words appear; any key shows all of them")
        yield Row("animation", "Animation", now.animation, "full; basic: nothing fades; none: nothing moves")
        yield Row("dissolve", "Going words", "leave the page" if now.dissolve else "grow dim", "dim words can still be read")
        yield Row("width", "Width", f"{now.width} columns", "the most that a line of prose takes")
        yield Row("confirm", "Ask twice", "yes" if now.confirm else "no", "before leaving, going back, and giving a thing away")
        yield Row("keys", "Keys", f"{len(now.keymap)} of your own" if now.keymap else "", "Enter shows them all")

    def _values(self, name: str) -> Sequence[object]:
        """Return what a setting can be."""
        others = sorted(name for name, theme in self.stage.available_themes.items() if name not in OURS and not theme.ansi)
        return {
            "theme": (*OURS, *others), "pace": tuple(PACES), "animation": ("full", "basic", "none"), "width": WIDTHS,
            "confirm": (True, False), "dissolve": (True, False),
        }.get(name, ())  # fmt: skip

    def about(self) -> list[str]:
        """Return what the help says of settings."""
        return ["Settings are kept at once. Where the terminal asks for less movement (TEXTUAL_ANIMATIONS), there is less of it."]

    def action_step(self, by: int) -> None:
        """Move among the settings."""
        self.query_one(Menu).step(by)

    def action_change(self, by: int) -> None:
        """Take the next value, or the one before."""
        name = self.query_one(Menu).cursor
        values = self._values(name)
        if values:
            at = values.index(getattr(self.stage.settings, name)) if getattr(self.stage.settings, name) in values else 0
            self._set(name, values[(at + by) % len(values)])

    def action_default(self) -> None:
        """Set it as it was in the beginning."""
        name = self.query_one(Menu).cursor
        if self._values(name):
            self._set(name, getattr(Settings(), name))

    def _set(self, name: str, value: object) -> None:
        trouble = self.stage.change(replace(self.stage.settings, **{name: value}))
        self.query_one(Menu).rows = list(self._rows())
        self.query_one(".foot", Prose).paras = [Para(trouble or self._hint(), "lamp" if trouble else "dim")]

    def action_press(self) -> None:
        """Take the row."""
        self.query_one(Menu).press()

    @on(Menu.Picked)
    def picked(self, event: Menu.Picked) -> None:
        """Change a value, or show the keys."""
        if event.row == "keys":
            self.app.push_screen(KeysScreen())
        else:
            self.action_change(1)

    def on_screen_resume(self) -> None:
        """Show what may have changed elsewhere."""
        self.query_one(Menu).rows = list(self._rows())
