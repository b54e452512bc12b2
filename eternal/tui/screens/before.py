"""What came before: the night so far, searched and gone back to."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from eternal.engine.actions import Rewind
from eternal.speech import _, mark
from eternal.tui.history import Entry, entries
from eternal.tui.keys import bindings
from eternal.tui.screens.line import Line
from eternal.tui.screens.room import Room
from eternal.tui.session import Session
from eternal.tui.widgets.backlog import Backlog
from eternal.tui.widgets.menu import Row
from eternal.tui.widgets.prose import Para, Prose

__all__ = ["BeforeScreen"]


class BeforeScreen(Room):
    """The backlog, and the way back to any choice in it."""

    SCOPE = "before"
    PLACE = mark("Before")
    BINDINGS = bindings("before")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """Lay out the night so far."""
        game = self.session.save.game
        yield Backlog(
            list(entries(game.story, list(self.session.way()), game.actions, self.session.locale)),
            self.palette,
            width=self.stage.settings.width,
        )
        yield Prose([Para(self._hint(), "dim")], palette=self.palette, classes="foot")

    def _hint(self) -> str:
        return self.hints(("before.enter", _("go back to here")), ("before.search", _("search")), ("before.back", _("back")))

    def about(self) -> list[str]:
        """Return what the help says of the backlog."""
        return [_("All that you have read tonight, and what you did. You can go back to any of it; what followed is taken back.")]

    def action_step(self, by: int) -> None:
        """Move among what was done."""
        self.query_one(Backlog).step(by)

    def action_page(self, by: int) -> None:
        """Scroll."""
        self.query_one(Backlog).page(by)

    def action_press(self) -> None:
        """Go back to the deed under the cursor."""
        self.query_one(Backlog).press()

    @on(Backlog.Picked)
    def picked(self, event: Backlog.Picked) -> None:
        """Go back, after asking."""
        if not self.stage.settings.confirm:
            self._back_to(event.entry)
            return
        paras = [Para(_("Go back to before this?")), Para(event.entry.deed, "accent")]
        answers = [Row("yes", _("Go back")), Row("", ""), Row("no", _("Stay"))]
        self.stage.ask(paras, answers, lambda answer: self._back_to(event.entry) if answer == "yes" else None)

    def _back_to(self, entry: Entry) -> None:
        self.stage.pop_screen()
        self.stage.act(Rewind(entry.step))

    def action_search(self) -> None:
        """Ask for words and look for them."""
        backlog = self.query_one(Backlog)
        self.app.push_screen(Line(_("Search"), self.palette, value=backlog.sought), lambda words: self._search(words or ""))

    def _search(self, words: str) -> None:
        self.query_one(Backlog).sought = words
        self.action_find(-1)

    def action_find(self, by: int) -> None:
        """Go to the next place that has the words."""
        backlog = self.query_one(Backlog)
        found = backlog.find(by)
        backlog.refresh()
        foot = self.query_one(".foot", Prose)
        if not backlog.sought:
            foot.paras = [Para(self._hint(), "dim")]
        elif found:
            keys = f"{self.key('before.next')} {self.key('before.previous')}"
            words = _("“{words}” · {keys} next, previous").format(words=backlog.sought, keys=keys)
            foot.paras = [Para(words, "dim")]
        else:
            foot.paras = [Para(_("nowhere: “{words}”").format(words=backlog.sought), "lamp")]
