"""The app: it holds the story, the settings and the night, and changes screens."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from textual.app import App

from eternal.saves.nights import free_path, latest
from eternal.saves.profile import read_profile
from eternal.saves.save import Save
from eternal.story.story import Story
from eternal.tui.palette import Palette
from eternal.tui.screens.play import PlayScreen
from eternal.tui.screens.title import TitleScreen
from eternal.tui.session import Session
from eternal.tui.settings import PACES, Settings, read_settings
from eternal.tui.themes import OURS, css_variables, make_theme, palette_of
from eternal.tui.text.writing import Manner

__all__ = ["Stage"]


class Stage(App[int]):
    """The terminal face of one story."""

    ALLOW_SELECT = False
    CSS_PATH = "stage.tcss"

    def __init__(self, story: Story, *, seed: int | None = None, mode: str = "ask", save: Save | None = None) -> None:
        self.story = story
        self.settings = read_settings()
        self.clock: Callable[[], float] = monotonic
        super().__init__()
        self.seed = seed
        self.mode = mode
        self.session: Session | None = Session(save) if save else None
        for name, palette in OURS.items():
            self.register_theme(make_theme(name, palette))
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else "night"

    # Looks ----------------------------------------------------------------------------------------------------------------

    @property
    def palette(self) -> Palette:
        """The colours of the theme."""
        return palette_of(self.current_theme)

    @property
    def manner(self) -> Manner:
        """How pages move: what the player has set, or less if the terminal's environment asks for it."""
        settings = self.settings
        order = ("none", "basic", "full")
        animation = min(settings.animation, self.animation_level, key=order.index)
        pace = PACES[settings.pace] if animation != "none" else 0.0
        return Manner(pace=pace, animation=animation, dissolve=settings.dissolve and animation != "none", width=settings.width)

    def get_css_variables(self) -> dict[str, str]:
        """Add the palette to what stylesheets can name."""
        return {**super().get_css_variables(), **css_variables(palette_of(self.current_theme))}

    # Nights ---------------------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the title, or at once the night that was asked for."""
        self.push_screen(TitleScreen())
        if self.session is not None:
            self._play(self.session)
        elif self.mode == "new":
            self.begin()
        elif self.mode == "continue":
            self.resume()

    def begin(self) -> None:
        """Begin a new night."""
        seed = self.seed if self.seed is not None else secrets.randbelow(2**31)
        self._open(Save.create(self.story, free_path(), seed=seed, past=read_profile().past(self.story.id)))

    def resume(self) -> None:
        """Go on with the night that was last played, or begin one."""
        night = latest(self.story)
        if night is None:
            self.begin()
        else:
            self.open(night.path)

    def open(self, path: Path) -> None:
        """Go on with a night."""
        self._open(Save.open(path, self.story))

    def _open(self, save: Save) -> None:
        if self.session is not None:
            self.session.close()
        self.session = Session(save)
        self._play(self.session)

    def _play(self, session: Session) -> None:
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.push_screen(PlayScreen(session))

    def leave(self) -> None:
        """Leave the game."""
        if self.session is not None:
            self.session.close()
        self.exit(0)

    def go(self, where: str) -> None:
        """Go to a screen by its name."""
        self.notify(where, markup=False)

    def last_page(self, session: Session) -> None:
        """Show the last page of a night."""
        self.pop_screen()
