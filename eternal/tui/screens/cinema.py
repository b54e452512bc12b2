"""The cinema: a recorded night plays itself, and can be taken over at any moment."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from eternal.engine.game import Game
from eternal.speech import _, mark
from eternal.tui.around import show_lines, show_side
from eternal.tui.film import SPEEDS, Film, knots, seconds_of
from eternal.tui.keys import bindings
from eternal.tui.offers import LAST, offers_of
from eternal.tui.palette import Palette
from eternal.tui.screens.last_page import LastPage
from eternal.tui.screens.room import Room
from eternal.tui.text.writing import Manner, Writing, fresh_passages
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.machine_line import MachineLine
from eternal.tui.widgets.side import Beside, Side
from eternal.tui.widgets.table import Table
from eternal.tui.widgets.thread import Thread
from eternal.tui.widgets.top_line import TopLine
from eternal.wording.news import news_lines

__all__ = ["CinemaScreen"]

#: Seconds for which one sees what will be done before it is done.
POINTING = 1.0
#: Seconds before the film goes on after it was stopped.
LITTLE = 0.6


class CinemaScreen(Room):
    """Play, pause, step, speed, scrub, take over."""

    SCOPE = "cinema"
    PLACE = mark("Watching a night")
    BINDINGS = bindings("cinema")
    CSS_PATH = "cinema.tcss"

    def __init__(self, game: Game, *, speed: float = 1.0, until: int | None = None, note: str = "") -> None:
        super().__init__()
        self.film = Film(game)
        self.speed = speed
        self.until = min(until, self.film.end) if until is not None else self.film.end
        self.note = note
        self.playing = True
        self._timer: Timer | None = None

    @property
    def palette(self) -> Palette:
        """The theme's colours, with her hair as it is in this scene."""
        return self.stage.palette.wearing(self.film.view.hair)

    def compose(self) -> ComposeResult:
        """Lay out the page as it is played, and the thread under it."""
        yield TopLine(self.palette)
        yield MachineLine(self.palette, self._hints())
        with Beside():
            yield Leaf(self.palette, self._manner(), clock=self.stage.clock)
            yield Side(self.palette)
        yield Table(self.palette)
        yield Thread(knots(self.film.game), self.film.end, self.palette)

    def _hints(self) -> list[tuple[str, str]]:
        names = [("cinema.pause", _("pause")), ("cinema.take-over", _("take over")), ("cinema.step", _("step"))]
        names += [("cinema.faster", _("faster")), ("everywhere.help", _("help"))]
        return [(self.key(name), says) for name, says in names]

    def on_mount(self) -> None:
        """Begin."""
        self.call_after_refresh(self._show, "scene")

    def about(self) -> list[str]:
        """Return what the help says of the cinema."""
        return [
            _(
                "This night has been played; you are watching. "
                "On the thread a dot is a scene, a spark something kept, a gap something erased."
            ),
            _("You can take over wherever you like: it becomes a night of your own, and this one stays as it is."),
        ]

    def _manner(self) -> Manner:
        manner = self.stage.manner
        return replace(manner, pace=manner.pace * self.speed if self.speed <= 4 else 0.0)

    # Showing --------------------------------------------------------------------------------------------------------------

    def _show(self, how: str) -> None:
        """Show the frame at which the film stands, and come back when it has been seen."""
        page, palette, leaf = self.film.view, self.palette, self.query_one(Leaf)
        before = leaf.writing.passages if how == "same" else ()
        offers = tuple(offers_of(page, run=self.key("night.run"), hands=self.key("night.hands")))
        leaf.manner = self._manner()
        leaf.turn(Writing(page.passages, offers, page.integrity), how=how, palette=palette)
        if not leaf.going:
            self._show_around()
        self._show_thread()
        fresh = fresh_passages(before, page.passages)
        words = sum(len(passage.text.split()) for number, passage in enumerate(page.passages) if number in fresh)
        self._again_in(seconds_of(page, words) / self.speed, self._point)

    @on(Leaf.Turned)
    def _show_around(self) -> None:
        """Show what stands around the page, once the old page has gone."""
        page, palette = self.film.view, self.palette
        with self.app.batch_update():
            line = show_lines(self, self.film, palette, self._hints())
            line.say(self.note or "  ·  ".join(news_lines(self.film.story, page, self.film.locale)), "lamp" if self.note else "machine")
            self.query_one(Leaf).point("")
            self.query_one(Thread).repaint(palette)
            self._show_side()

    def _show_thread(self) -> None:
        state = f"{self.speed:g}×" if self.playing else f"{self.speed:g}× · " + _("paused")
        self.query_one(Thread).show(self.film.at, state)

    def _show_side(self) -> None:
        show_side(self, self.film, self.palette, self.stage.settings.width)

    def on_resize(self) -> None:
        """Let the map come or go."""
        self._show_side()

    def restyle(self) -> None:
        """Hand palette and manners down."""
        super().restyle()
        self._show_side()

    def _again_in(self, seconds: float, then: Callable[[], None]) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.playing and (self.film.at < self.until or self._is_over):
            self._timer = self.set_timer(max(0.05, seconds), then)

    def _point(self) -> None:
        """Let it be seen what is done next."""
        self.query_one(Leaf).finish()
        self.query_one(Leaf).point(self.film.next_deed())
        self._show_side()
        self._again_in(POINTING / self.speed, self._on)

    @property
    def _is_over(self) -> bool:
        """Whether the film stands at an ending, after which there is its last page."""
        return self.film.at == self.film.end and self.film.view.over

    def _on(self) -> None:
        if self._is_over:
            self.playing = False
            self._show_thread()
            self._turn_to_last_page()
        else:
            self._go(self.film.at + 1)

    def _turn_to_last_page(self) -> None:
        """Show the words that were carried out of this night; from them one comes back to the film."""
        page = self.film.view
        self.app.push_screen(LastPage(page.title, page.poem, hair=page.hair, over=False))

    def _go(self, step: int, *, cut: bool = False) -> None:
        """Go to a frame: the next one as it was played, another with a cut."""
        before = self.film.state
        self.film.at = max(0, min(self.film.end, step))
        after = self.film.state
        if cut:
            how = "same" if after.scene == before.scene else "still"
        else:
            how = "collapse" if any(n.kind == "collapse" for n in after.news) else "same" if after.scene == before.scene else "scene"
        if self.film.at >= self.until:
            self.playing = self.playing and self._is_over
            self.until = self.film.end
        self._show(how)

    def reword(self) -> None:
        """Show this frame, and name the knots of the thread, in the language that is spoken now."""
        self.film.speak(self.stage.locale)
        self.query_one(Thread).knots = knots(self.film.game)
        self._show("still")

    # Keys -----------------------------------------------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Stop, or go on; at the end, begin again."""
        self.playing = not self.playing
        if self.playing and self.film.at >= self.film.end:
            self._go(0, cut=True)
            return
        self._show_thread()
        self._again_in(LITTLE / self.speed, self._point)

    def action_step(self, by: int) -> None:
        """Stop, and go one frame on or back; from the ending on to the last page."""
        self.playing = False
        if by > 0 and self._is_over:
            self._turn_to_last_page()
        else:
            self._go(self.film.at + by, cut=True)

    def action_jump(self, to: int) -> None:
        """Stop, and go to the beginning or the end: where there is a last page, it is the end."""
        self.playing = False
        self._go(to * self.film.end, cut=True)
        if to and self._is_over:
            self._turn_to_last_page()

    def action_speed(self, by: int) -> None:
        """Run faster or slower."""
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - self.speed))
        self.speed = SPEEDS[max(0, min(len(SPEEDS) - 1, nearest + by))]
        self._show_thread()
        self._again_in(LITTLE / self.speed, self._point)

    def action_take_over(self) -> None:
        """Play on from here, as a new night; the one that is watched stays as it is."""
        game = self.film.game
        self.stage.copy(game.actions[: self.film.at], game.seed, game.past)

    @on(Thread.Sought)
    def sought(self, event: Thread.Sought) -> None:
        """Stand where the thread was touched."""
        if event.step != self.film.at:
            self.action_step(event.step - self.film.at)

    @on(Leaf.Took)
    def pressed(self, event: Leaf.Took) -> None:
        """Turn to the last page. All else that happens here has happened."""
        if event.does == LAST and self._is_over:
            self._turn_to_last_page()

    @on(Leaf.Kept)
    def pressed_words(self) -> None:
        """Do nothing: it has been kept, or it has not."""

    def action_back(self) -> None:
        """Leave the cinema."""
        self.stage.out_of_cinema()
