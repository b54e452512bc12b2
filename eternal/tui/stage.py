"""The app: it holds the story, the settings and the night, and changes screens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from eternal import speech
from eternal.safety import clean
from eternal.speech import _
from eternal.story.languages import known, pick
from eternal.story.story import Story
from eternal.tui.driver import driver
from eternal.tui.keys import bindings
from eternal.tui.looks import manner_of, palette_in
from eternal.tui.palette import OURS, Palette
from eternal.tui.process import listen, modes_now
from eternal.tui.screens.room import Room
from eternal.tui.screens.title import TitleScreen
from eternal.tui.settings import Settings, read_settings, write_settings
from eternal.tui.themes import css_variables, make_theme
from eternal.tui.warming import warm
from eternal.tui.widgets.menu import Row
from eternal.tui.widgets.painted import Painted
from eternal.tui.widgets.prose import Para

if TYPE_CHECKING:  # the title is on the screen before these are needed
    from eternal.engine.actions import Action
    from eternal.saves.save import Save, SaveStopped
    from eternal.tui.screens.cinema import CinemaScreen
    from eternal.tui.screens.play import PlayScreen
    from eternal.tui.session import Session
    from eternal.tui.text.writing import Manner

__all__ = ["Stage"]


class Stage(App[int]):
    """The terminal face of one story.

    Attributes:
        story: what is played.
        settings: what the player has set.
        session: the night that is open, if one is.
        clock: seconds, for everything that moves.
        locale: the language that is spoken; None is the story's own.
        languages: those that could be.
    """

    TITLE = "Eternal"
    ALLOW_SELECT = False
    CSS_PATH: ClassVar[list[str | PurePath]] = ["stage.tcss", "screens/title.tcss"]  # the title is there before any screen is pushed
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("everywhere"),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    def __init__(
        self, story: Story, *, seed: int | None = None, mode: str = "ask", save: Save | None = None,
        stopped: SaveStopped | None = None, film: CinemaScreen | None = None, painted: bool = False, locale: str | None = None,
    ) -> None:  # fmt: skip
        self.story = story
        self.settings = read_settings()
        self.clock: Callable[[], float] = monotonic
        self.modes = modes_now()
        super().__init__(driver_class=driver(self.modes, painted=painted))
        self.locale = locale
        self.languages = known(story)
        self.title = clean(story.header.title)
        self.seed = seed
        self.mode = mode
        self.session: Session | None = _session(save) if save else None
        self.stopped = stopped
        self.film = film
        #: Since when there is a page to be seen; None while a night that was asked for has not been painted yet.
        self.seen_since: float | None = None if save is not None or mode != "ask" else 0.0
        self._hurried = False
        for name, palette in OURS.items():
            self.register_theme(make_theme(name, palette))
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else "night"
        self.set_keymap(self.settings.keymap)

    # Looks ----------------------------------------------------------------------------------------------------------------

    @property
    def palette(self) -> Palette:
        """The colours of the theme, or what the terminal allows of them."""
        return palette_in(self.current_theme, self.console.color_system, os.environ)

    @property
    def manner(self) -> Manner:
        """How pages move."""
        return manner_of(self.settings, self.animation_level)

    def get_css_variables(self) -> dict[str, str]:
        """Add the palette to what stylesheets can name."""
        return {**super().get_css_variables(), **css_variables(self.palette)}

    def change(self, settings: Settings) -> str:
        """Take other settings and keep them. Return why they could not be kept, or nothing."""
        spoken, self.settings = self.settings.language, settings
        self.set_keymap(settings.keymap)
        if settings.language != spoken:
            self._speak(settings.language)
        if settings.theme in self.available_themes:
            self.theme = settings.theme
        self._restyle()
        return write_settings(settings)

    def _speak(self, language: str) -> None:
        """Speak another language from here on, on every screen that is open."""
        self.locale = pick(self.story, [language], os.environ)
        speech.speak(self.locale)
        if self.session is not None:
            self.session.speak(self.locale)
        for screen in self.screen_stack:
            if isinstance(screen, Room):
                screen.reword()

    def _restyle(self, *_theme: object) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Room) and screen.is_mounted:
                screen.restyle()
            else:
                for widget in screen.query(Painted):
                    widget.repaint(self.palette)

    def get_default_screen(self) -> Screen[object]:
        """Return the screen that everything else stands on."""
        return cast("Screen[object]", TitleScreen())

    # Beginning and leaving --------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the title, and over it the night that was asked for."""
        if not self.is_headless:
            listen(self)
        self.theme_changed_signal.subscribe(self, self._restyle)
        self.app_resume_signal.subscribe(self, self._come_back)
        self.call_after_refresh(warm, self)
        if self.film is not None:
            self.push_screen(self.film)
        elif self.stopped is not None:
            from eternal.tui.opening import offer_good_part

            offer_good_part(self, self.stopped)
        elif self.session is not None:
            self.session.speak(self.locale)
            self._enter(self.session)
        elif self.mode == "new":
            self.begin()
        elif self.mode == "continue":
            self.resume()

    def _come_back(self, _: object) -> None:
        """Draw everything: the terminal has been somebody else's."""
        self.screen.refresh(repaint=True, layout=True)

    async def on_event(self, event: events.Event) -> None:
        """Let what was typed before there was a page choose nothing on it: all it does is to complete the words."""
        blind = self.seen_since is None or event.time < self.seen_since
        if blind and isinstance(event, events.Key) and not event.key.startswith("ctrl+"):
            self._hurried = True
        else:
            await super().on_event(event)

    def seen(self) -> None:
        """Note that a page of the night has been painted."""
        if self.seen_since is None:
            self.seen_since = monotonic()
            if self._hurried and self.night is not None:
                self.night.waits()

    def on_unmount(self) -> None:
        """Give the night up to others, however the app ends."""
        self.close()

    def leave(self) -> None:
        """Leave the game, or the night, as the player says."""
        if self.session is None or not self.settings.confirm or isinstance(self.screen, TitleScreen):
            self.end(0)
            return
        trouble = self.session.trouble
        paras = [Para(trouble, "lamp") if trouble else Para(_("The night is saved as it stands."))]
        answers = [Row("leave", _("Leave the game")), Row("title", _("To the title")), Row("", ""), Row("stay", _("Stay"))]
        self.ask(paras, answers, self._left)

    def _left(self, answer: str) -> None:
        if answer == "leave":
            self.end(0)
        elif answer == "title":
            self.to_title()

    def end(self, code: int) -> None:
        """Close the night and leave with an exit code."""
        self.close()
        self.exit(code)

    def close(self) -> None:
        """Close the night that is open."""
        if self.session is not None:
            self.session.close()
            self.session = None

    def action_leave(self) -> None:
        """Leave."""
        self.leave()

    def action_interrupt(self) -> None:
        """Leave at once, as one who was interrupted: nothing is lost."""
        self.end(130)

    # Nights -----------------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a new night."""
        from eternal.tui.opening import new_night

        self.play(new_night(self.story, self.seed, self.locale))

    def resume(self) -> None:
        """Go on with the night that was last played, or begin one."""
        from eternal.saves.nights import latest

        night = latest(self.story)
        if night is None:
            self.begin()
        else:
            self.open(night.path)

    def open(self, path: Path) -> None:
        """Go on with a night; why it cannot be opened is said."""
        from eternal.tui.opening import opened

        if self.session is not None and self.session.save.path == path:
            self._enter(self.session)
        elif (save := opened(self, path)) is not None:
            self.play(save)

    def copy(self, actions: Sequence[Action], seed: int, past: tuple[str, ...]) -> None:
        """Begin a new night with these actions taken already."""
        from eternal.tui.opening import copy_of

        self.play(copy_of(self.story, actions, seed, past, self.locale))

    def play(self, save: Save) -> None:
        """Play an open save, instead of whatever is being played or watched."""
        self.close()
        self.film = None
        self.session = _session(save)
        self.session.speak(self.locale)
        self._enter(self.session)

    def _enter(self, session: Session) -> None:
        """Show the night, after its notices have been seen."""
        from eternal.tui.screens.play import PlayScreen

        self.to_title(close=False)
        self.push_screen(PlayScreen(session))
        if session.view.over:
            self.go("last")
        notices = session.fresh_notices()
        if notices:
            self.tell(_("Before you go on"), notices)

    def watch_night(self, path: Path) -> None:
        """Watch a night; why it cannot be watched is said."""
        from eternal.tui.opening import watch

        watch(self, path)

    def out_of_cinema(self) -> None:
        """Go back to where the cinema was entered from; out of the game, if one only came to watch."""
        if self.film is not None:
            self.end(0)
        else:
            self.pop_screen()

    @property
    def night(self) -> PlayScreen | None:
        """The playing screen, if a night is being played."""
        return next(
            (cast("PlayScreen", screen) for screen in self.screen_stack if isinstance(screen, Room) and screen.SCOPE == "night"), None
        )

    def act(self, action: Action) -> None:
        """Do something in the night, on its own screen."""
        night = self.night
        while night is not None and self.screen is not night:
            self.pop_screen()
        if night is not None:
            night.act(action)

    def undo(self) -> None:
        """Take back the last step of the night."""
        from eternal.engine.actions import Rewind

        if self.session is not None:
            self.act(Rewind(self.session.save.game.undo_point()))

    # Screens ----------------------------------------------------------------------------------------------------------------

    def go(self, where: str) -> None:
        """Go to a screen by its name."""
        from eternal.tui.doors import door

        screen = door(where, self.session)
        if screen is not None:
            self.push_screen(screen)

    def to_title(self, *, close: bool = True) -> None:
        """Go back to the title."""
        if close:
            self.close()
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def ask(self, paras: Sequence[Para], answers: Sequence[Row], then: Callable[[str], object]) -> None:
        """Ask something over whatever is there."""
        from eternal.tui.screens.ask import Ask

        def answered(answer: str | None) -> None:
            then(answer or "")

        self.push_screen(Ask(paras, answers, self.palette), answered)

    def tell(self, title: str, lines: Iterable[str]) -> None:
        """Say something that has to be seen."""
        self.ask([Para(title, "dim"), *(Para(line) for line in lines)], [Row("on", _("Go on"))], lambda _: None)

    def action_help(self) -> None:
        """Show the help for where one stands; once more, and it is gone."""
        from eternal.tui.screens.ask import Ask
        from eternal.tui.screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, HelpScreen):
            self.pop_screen()
        elif isinstance(screen, Room | Ask):
            self.push_screen(HelpScreen(screen.PLACE, screen.about(), screen.SCOPE))

    def action_command_palette(self) -> None:
        """Show everything by its name."""
        from eternal.tui.screens.palette import Commands

        if not isinstance(self.screen, Commands):
            self.push_screen(Commands())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002 - the same everywhere
        """Return the commands of the palette: the game's own."""
        from eternal.tui.commands import commands

        yield from commands(self)


def _session(save: Save) -> Session:
    from eternal.tui.session import Session

    return Session(save)
