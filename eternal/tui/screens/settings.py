"""The settings: each with its values, changed in place and kept at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult

from eternal.speech import _, mark
from eternal.tui.keys import bindings
from eternal.tui.screens.keys import KeysScreen
from eternal.tui.screens.room import Room
from eternal.tui.settings import PACES, WIDTHS, Settings
from eternal.tui.themes import OURS
from eternal.tui.widgets.menu import Menu, Row
from eternal.tui.widgets.prose import Para, Prose

__all__ = ["SettingsScreen"]

#: What languages call themselves.
NAMES = {"en": "English", "vi": "Tiếng Việt"}

_PACES = {"slow": mark("slow"), "reading": mark("reading"), "quick": mark("quick"), "at once": mark("at once")}
_ANIMATIONS = {"full": mark("full"), "basic": mark("basic"), "none": mark("none")}


class SettingsScreen(Room):
    """One row a setting."""

    SCOPE = "settings"
    PLACE = mark("Settings")
    BINDINGS = bindings("settings")

    def compose(self) -> ComposeResult:
        """Lay out the settings."""
        yield Prose([Para(_("Settings"), "dim")], palette=self.palette, classes="heading")
        menu = Menu(list(self._rows()), palette=self.palette, apart=1)
        menu.add_class("fill")
        yield menu
        yield Prose([Para(self._hint(), "dim")], palette=self.palette, classes="foot")

    def _hint(self) -> str:
        return f"{self.key('settings.less')} {self.hints(('settings.more', _('change')), ('settings.back', _('back')))}"

    def _rows(self) -> Iterator[Row]:
        now = self.stage.settings
        if len(self.stage.languages) > 1:
            name = NAMES.get(self.stage.locale or "", self.stage.locale or "")
            yield Row("language", _("Language"), name, _("of the story and of everything around it"))
        yield Row("theme", _("Theme"), now.theme, _("night, snow, tangerine, paper, and the ones that Textual brings"))
        yield Row("pace", _("Pace"), _(_PACES[now.pace]), _("how fast words appear; any key but a digit shows all of them"))
        yield Row("animation", _("Animation"), _(_ANIMATIONS[now.animation]), _("full; basic: nothing fades; none: nothing moves"))
        yield Row("dissolve", _("Going words"), _("leave the page") if now.dissolve else _("grow dim"), _("dim words can still be read"))
        yield Row("width", _("Width"), _("{count} columns").format(count=now.width), _("the most that a line of prose takes"))
        yield Row(
            "confirm",
            _("Ask twice"),
            _("yes") if now.confirm else _("no"),
            _("before leaving, going back in the history, and giving a thing away"),
        )
        yield Row(
            "keys", _("Keys"), _("{count} of your own").format(count=len(now.keymap)) if now.keymap else "", _("Enter shows them all")
        )

    def _values(self, name: str) -> Sequence[object]:
        """Return what a setting can be."""
        others = sorted(name for name, theme in self.stage.available_themes.items() if name not in OURS and not theme.ansi)
        values: dict[str, Sequence[object]] = {
            "theme": (*OURS, *others), "pace": tuple(PACES), "animation": ("full", "basic", "none"), "width": WIDTHS,
            "confirm": (True, False), "dissolve": (True, False), "language": self.stage.languages,
        }  # fmt: skip
        return values.get(name, ())

    def about(self) -> list[str]:
        """Return what the help says of settings."""
        return [_("Settings are kept at once. Where the terminal asks for less movement (TEXTUAL_ANIMATIONS), there is less of it.")]

    def action_step(self, by: int) -> None:
        """Move among the settings."""
        self.query_one(Menu).step(by)

    def action_change(self, by: int) -> None:
        """Take the next value, or the one before."""
        name = self.query_one(Menu).cursor
        values = self._values(name)
        if values:
            now = self.stage.locale if name == "language" else getattr(self.stage.settings, name)
            at = values.index(now) if now in values else 0
            self._set(name, values[(at + by) % len(values)])

    def action_default(self) -> None:
        """Set it as it was in the beginning."""
        name = self.query_one(Menu).cursor
        if self._values(name):
            self._set(name, getattr(Settings(), name))

    def _set(self, name: str, value: object) -> None:
        trouble = self.stage.change(replace(self.stage.settings, **{name: value}))
        self.query_one(".heading", Prose).paras = [Para(_("Settings"), "dim")]
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
