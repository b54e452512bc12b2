"""The title: a name in the dark, and where to go from it."""

from __future__ import annotations

import contextlib

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult

from eternal.saves.errors import SaveError
from eternal.saves.nights import latest
from eternal.speech import _, mark
from eternal.tui.front import WIDTH, about_of, entries, foot, name_of, spaced
from eternal.tui.keys import bindings
from eternal.tui.screens.room import Room
from eternal.tui.sky import Star, stars_of
from eternal.tui.widgets.brain_map import BrainMap
from eternal.tui.widgets.menu import Menu, Row
from eternal.tui.widgets.prose import Para, Prose

__all__ = ["TitleScreen"]


class TitleScreen(Room):
    """New night, continue, nights, endings, settings, leave."""

    SCOPE = "title"
    PLACE = mark("The title")
    BINDINGS = bindings("title")

    def __init__(self) -> None:
        super().__init__()
        self._played = True

    def compose(self) -> ComposeResult:
        """Lay out the name, what the story says of itself, and the list."""
        story, locale = self.stage.story, self.stage.locale
        yield BrainMap(self.palette, weave=True)
        yield Prose([Para(spaced(name_of(story, locale)), "page")], palette=self.palette, classes="name")
        about = about_of(story, locale)
        yield Prose([Para(about, "dim")] if about else [], palette=self.palette, width=WIDTH, classes="about")
        yield Menu(self._rows(), palette=self.palette, width=WIDTH)
        yield Prose([Para(foot(self.stage.settings.keymap), "dim")], palette=self.palette, classes="foot")

    def _rows(self) -> list[Row]:
        return [Row(entry.id, entry.text, entry.note) for entry in entries(self.stage.story, self.stage.locale)]

    def about(self) -> list[str]:
        """Return what the help says of the title."""
        return [_("The stars are the memories of the night that is not over; a faint ring is one that is gone.")]

    def _show_sky(self) -> None:
        """Hang the sky of the night there is to continue over the name; without one, every star shines."""
        from eternal.engine.state import initial
        from eternal.engine.view import view
        from eternal.saves.save import folded_save

        story = self.stage.story
        night = latest(story)
        sky: tuple[Star, ...] = ()
        if night is not None:
            with contextlib.suppress(SaveError):
                sky = stars_of(story, folded_save(night.path, story).game.view)
        sky = sky or stars_of(story, view(story, initial(story)))
        known = tuple(replace(star, known=True, here=False, target=False) for star in sky if not star.below)
        self.query_one(BrainMap).show(known, palette=self.palette)

    def on_screen_resume(self) -> None:
        """Look again which night there is to continue, and say it in the language that is spoken now."""
        story, locale = self.stage.story, self.stage.locale
        self.query_one(".name", Prose).paras = [Para(spaced(name_of(story, locale)), "page")]
        self.query_one(".about", Prose).paras = [Para(text, "dim") for text in (about_of(story, locale),) if text]
        self.query_one(".foot", Prose).paras = [Para(foot(self.stage.settings.keymap), "dim")]
        self.call_after_refresh(self._show_sky)
        menu = self.query_one(Menu)
        menu.rows = self._rows()
        if self._played:  # from a night one comes back to its beginning, from everything else to where one left
            menu.point(menu.rows[0].id)
        self._played = False

    def on_screen_suspend(self) -> None:
        """Note whether it is a night that one goes to."""
        self._played = self.stage.session is not None

    def action_step(self, by: int) -> None:
        """Move down or up the list."""
        self.query_one(Menu).step(by)

    def action_press(self) -> None:
        """Take what the cursor is on."""
        self.query_one(Menu).press()

    @on(Menu.Picked)
    def go(self, event: Menu.Picked) -> None:
        """Go where the row leads."""
        match event.row:
            case "continue":
                self.stage.resume()
            case "new":
                self.stage.begin()
            case "leave":
                self.stage.leave()
            case where:
                self.stage.go(where)
