"""The playing screen: a page of the night, what can be done, and all that stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal

from eternal.engine.actions import Action, Choose, Flee, Keep
from eternal.engine.view import View
from eternal.engine.words import cost_words
from eternal.tui.keys import bindings
from eternal.tui.news import news_lines
from eternal.tui.palette import Palette
from eternal.tui.screens.room import Room
from eternal.tui.session import Session
from eternal.tui.text.offers import Offer
from eternal.tui.text.writing import Writing
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.machine_line import MachineLine
from eternal.tui.widgets.top_line import TopLine

__all__ = ["PlayScreen"]


class PlayScreen(Room):
    """One night."""

    SCOPE = "night"
    PLACE = "The night"
    BINDINGS = bindings("night")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @property
    def palette(self) -> Palette:
        """The theme's colours, with her hair as it is in this scene."""
        return self.stage.palette.wearing(self.session.view.hair)

    def compose(self) -> ComposeResult:
        """Lay out the page between its two margins."""
        yield TopLine(self.palette)
        yield MachineLine(self.palette, self._hints())
        with Horizontal():
            yield Leaf(self.palette, self.stage.manner, clock=self.stage.clock)

    def _hints(self) -> list[tuple[str, str]]:
        names = [("night.word", "words"), ("night.map", "map"), ("night.before", "before"), ("everywhere.help", "help")]
        return [(self.key(name), says) for name, says in names]

    def on_mount(self) -> None:
        """Show where the night stands."""
        self.call_after_refresh(self._turn, "scene")

    # Showing ------------------------------------------------------------------------------------------------------------

    def _turn(self, how: str) -> None:
        """Show the page as the night now stands."""
        page = self.session.view
        palette = self.palette
        with self.app.batch_update():
            self.query_one(TopLine).show(page, palette)
            line = self.query_one(MachineLine)
            line.trouble = self.session.trouble
            line.show(page, palette)
            line.say("  ·  ".join(news_lines(self.session.story, page)))
            self.query_one(Leaf).turn(self._writing(page), how=how, palette=palette)

    def _writing(self, page: View) -> Writing:
        return Writing(page.passages, tuple(self._offers(page)), page.integrity)

    def _offers(self, page: View) -> Iterator[Offer]:
        if page.over:
            yield Offer("↵", "The last page.", "", "last")
            return
        for number, choice in enumerate(page.choices, start=1):
            yield Offer(str(number) if number < 10 else "·", choice.text, ", ".join(cost_words(choice)), f"choose:{choice.id}")
        if page.ways:
            yield Offer(self.key("night.run"), _run_words(page), "", "run")
        if page.hands and page.room:
            yield Offer(self.key("night.hands"), "Hide something here.", "", "hands")

    def restyle(self) -> None:
        """Hand palette and manners down."""
        super().restyle()
        self.query_one(Leaf).behave(self.stage.manner)
        self.query_one(MachineLine).hints = tuple(self._hints())

    # Doing ----------------------------------------------------------------------------------------------------------------

    def act(self, action: Action) -> None:
        """Do something and show what came of it; what is refused is said."""
        before, page = self.session.state, self.session.view
        refused = self.session.act(action)
        if refused:
            self.query_one(MachineLine).say(refused, "lamp")
            return
        if self.session.view.over and not page.over:
            trouble = self.session.remember()
            if trouble:
                self.notify(trouble, markup=False)
        news = {item.kind for item in self.session.state.news}
        same = self.session.state.scene == before.scene
        self._turn("collapse" if "collapse" in news else "same" if same else "scene")

    def do(self, what: str) -> None:
        """Do what an offer says."""
        if what.startswith("choose:"):
            self.act(Choose(what.removeprefix("choose:")))
        elif what == "last":
            self.stage.last_page(self.session)
        else:
            self.call_later(self.run_action, what)

    @on(Leaf.Took)
    def took(self, event: Leaf.Took) -> None:
        """Do what was pressed."""
        self.do(event.does)

    @on(Leaf.Kept)
    def kept(self, event: Leaf.Kept) -> None:
        """Keep the words that were pressed."""
        self.act(Keep(event.fragment))

    def _waits(self) -> bool:
        """Complete what is appearing. Return whether something was: then the key has done its work."""
        leaf = self.query_one(Leaf)
        busy = leaf.busy
        leaf.finish()
        return busy

    def action_take(self, number: int) -> None:
        """Take the choice of that number."""
        choices = [offer.does for offer in self.query_one(Leaf).writing.offers if offer.key == str(number)]
        if not self._waits() and choices:
            self.query_one(Leaf).point(choices[0])
            self.do(choices[0])

    def action_word(self, by: int) -> None:
        """Move the cursor among the words."""
        leaf = self.query_one(Leaf)
        if not self._waits():
            leaf.move(leaf.words or leaf.choices, by)

    def action_step(self, by: int) -> None:
        """Move the cursor up or down."""
        if not self._waits():
            self.query_one(Leaf).step(by)

    def action_press(self) -> None:
        """Do what the cursor is on."""
        if not self._waits():
            self.query_one(Leaf).press()

    def action_keep(self) -> None:
        """Keep the words under the cursor; without any, read on."""
        leaf = self.query_one(Leaf)
        if self._waits():
            return
        if leaf.cursor in leaf.words:
            leaf.press()
        else:
            leaf.page(1)

    def action_page(self, by: int) -> None:
        """Scroll the prose."""
        self._waits()
        self.query_one(Leaf).page(by)

    def action_undo(self) -> None:
        """Take back the last step."""
        game = self.session.save.game
        before = self.session.state.scene
        try:
            game.rewind()
        except Exception:
            raise
        self._turn("same" if before == self.session.state.scene else "still")

    def on_key(self, event: events.Key) -> None:
        """Any other key completes what is appearing."""
        if event.character and self._waits():
            event.stop()

    def action_leave(self) -> None:
        """Leave; the night is saved."""
        self.stage.leave()


def _run_words(page: View) -> str:
    """Say where one can run: the way, if there is one; the ways, if there are more."""
    if len(page.ways) == 1:
        return f"Run, {page.ways[0].words}."
    return "Run: " + ", ".join(dict.fromkeys(way.words for way in page.ways)) + "."
