"""The bench as an app: it follows the files, and shows where the night stands on the story of this moment."""

from __future__ import annotations

from time import perf_counter
from typing import ClassVar

from rich.text import Text
from textual import events, on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from eternal.author.watch import Bench, Keeper, Step, changes
from eternal.engine.view import view
from eternal.safety import clean
from eternal.tui.column import MAP_FROM, column, margin
from eternal.tui.text.writing import Manner
from eternal.tui.themes import OURS, css_variables, make_theme
from eternal.tui.watch.asks import ASKS
from eternal.tui.watch.behind import behind
from eternal.tui.watch.page import mistakes, top_line, writing
from eternal.tui.watch.picker import Picker
from eternal.tui.widgets.leaf import Leaf

__all__ = ["WatchApp"]

_THEME = "night"
_KEYS = "↵ take · u back · j jump · v set · a act · i inspect · n anew · q quit"


class WatchApp(App[int]):
    """A story being written, played.

    Attributes:
        bench: the story and the night.
        keeper: where the night is kept; None if it is not.
        said: the line below the page.
    """

    TITLE = "Eternal, at the bench"
    CSS_PATH = "watch.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down,tab", "step(1)", show=False, priority=True),
        Binding("enter,space", "press", show=False),
        Binding("u,backspace", "undo", "back"),
        Binding("j", "ask('jump')", "jump to a scene"),
        Binding("v", "ask('set')", "set a variable"),
        Binding("a", "ask('act')", "run, hide, drop"),
        Binding("i", "behind", "inspector"),
        Binding("n", "anew", "begin again"),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("q,ctrl+c", "leave", "quit"),
    ]

    def __init__(self, bench: Bench, keeper: Keeper | None = None) -> None:
        super().__init__()
        self.bench = bench
        self.keeper = keeper
        self.palette = OURS[_THEME]
        self.said = ""
        self.register_theme(make_theme(_THEME, self.palette))
        self.theme = _THEME

    def get_css_variables(self) -> dict[str, str]:
        """Add the palette to what the stylesheet can name."""
        return {**super().get_css_variables(), **css_variables(OURS[_THEME])}

    def compose(self) -> ComposeResult:
        """Lay the bench out."""
        yield Static(id="top")
        with Horizontal(id="both"):
            yield Leaf(self.palette, Manner(pace=0.0, animation="none", dissolve=False))
            with VerticalScroll(id="behind", can_focus=False):
                yield Static(id="facts")
        with VerticalScroll(id="wrong", can_focus=False):
            yield Static(id="mistakes")
        yield Static(id="said")
        yield Static(_KEYS, id="keys")

    def on_mount(self) -> None:
        """Show what there is, and follow the files."""
        self.said = self.bench.stop
        self._show()
        self._follow()

    @work(exclusive=True, group="follow")
    async def _follow(self) -> None:
        async for _ in changes(self.bench.pack, self.bench.stamps):
            self.read()

    def read(self) -> None:
        """Read the story again, and say what came of it."""
        before = perf_counter()
        fresh = self.bench.reload()
        took = round(1000 * (perf_counter() - before))
        if fresh:
            self.said = self.bench.stop or f"read in {took} ms, {_steps(self.bench.done)} done again"
            self._keep()
        else:
            self.said = "" if self.bench.diagnostics else "read again: nothing has changed"
        self._show()

    # Showing ---------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show where the night stands; with mistakes in the files it goes on as it was."""
        bench = self.bench
        if bench.story is not None:
            self.query_one(Leaf).turn(writing(view(bench.story, bench.state)), how="still")
            self.query_one("#facts", Static).update(behind(bench.story, bench, self.palette))
        self.query_one("#top", Static).update(Text(top_line(bench, kept=self.keeper is not None), no_wrap=True, overflow="ellipsis"))
        self.query_one("#wrong").display = bool(bench.diagnostics)
        self.query_one("#mistakes", Static).update(Text(mistakes(bench), style=self.palette.lamp))
        trouble = self.keeper.trouble if self.keeper is not None else ""
        self.query_one("#said", Static).update(Text(clean(trouble or self.said)))

    def on_resize(self, event: events.Resize) -> None:
        """Let the inspector stand beside the page where there is room, else instead of it."""
        width = event.size.width
        wide = width >= MAP_FROM
        self.set_class(not wide, "narrow")
        self.query_one(Leaf).styles.width = margin(width) + column(width, 72) + 3 if wide else "1fr"

    # Doing -----------------------------------------------------------------------------------------------------------

    def did(self, refused: str, said: str = "") -> None:
        """Show what came of a deed, and keep it."""
        self.said = refused or said
        if not refused:
            self._keep()
        self._show()

    def _keep(self) -> None:
        if self.keeper is not None:
            self.keeper.keep(self.bench)
            self.said = " · ".join([*([self.said] if self.said else []), *self.keeper.notices])
            self.keeper.notices.clear()

    def do(self, kind: str, name: str) -> None:
        """Take a player's action."""
        if self.bench.story is not None:
            self.did(self.bench.do(Step(kind, name, self.bench.state.scene)))  # type: ignore[arg-type]  # kinds are the engine's own

    @on(Leaf.Took)
    def _took(self, message: Leaf.Took) -> None:
        kind, _, name = message.does.partition(":")
        self.do(kind, name)

    @on(Leaf.Kept)
    def _kept(self, message: Leaf.Kept) -> None:
        self.do("keep", message.fragment)

    def on_key(self, event: events.Key) -> None:
        """Take the choice of a number."""
        leaf = self.query_one(Leaf)
        if event.character is not None and event.character in "123456789" and len(self.screen_stack) == 1:
            number = int(event.character)
            if number <= len(leaf.spread.choices):
                leaf.point(leaf.spread.choices[number - 1])
                leaf.press()

    def action_step(self, by: int) -> None:
        """Move among words and choices, or among what is to be picked."""
        if isinstance(self.screen, Picker):
            self.screen.step(by)
        else:
            self.query_one(Leaf).step(by)

    def action_press(self) -> None:
        """Do what the cursor stands on."""
        self.query_one(Leaf).press()

    def action_page(self, by: int) -> None:
        """Scroll the prose; where all of it is in sight, or out of sight, the inspector."""
        leaf = self.query_one(Leaf)
        stood = leaf.spread.scroll
        leaf.page(by)
        if not leaf.display or leaf.spread.scroll == stood:
            self.query_one("#behind").scroll_relative(y=by * 10, animate=False)

    def action_undo(self) -> None:
        """Take the last step back."""
        self.did(self.bench.back())

    def action_anew(self) -> None:
        """Begin the night again."""
        self.bench.restart()
        self.did("", "from the beginning")

    def action_behind(self) -> None:
        """Show or hide the inspector; on a narrow screen it stands instead of the page."""
        self.toggle_class("swapped")

    def action_leave(self) -> None:
        """Leave the bench."""
        self.exit(0)

    def action_ask(self, what: str) -> None:
        """Ask for a scene to jump to, a variable to set, or a deed that is no choice."""
        self.said = ASKS[what](self)
        self._show()


def _steps(number: int) -> str:
    return f"{number} step" + ("" if number == 1 else "s")
