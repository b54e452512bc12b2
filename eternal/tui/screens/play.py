"""The playing screen: a page of the night, what can be done, and all that stands around it."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult

from eternal.engine.actions import Action, Choose, Keep, Rewind
from eternal.engine.pages import View
from eternal.speech import _, mark
from eternal.tui.around import show_lines, show_side
from eternal.tui.desk import is_table, lights_of
from eternal.tui.guide import guide
from eternal.tui.keys import bindings
from eternal.tui.offers import offers_of
from eternal.tui.palette import Palette
from eternal.tui.screens.room import Room
from eternal.tui.session import Session, asleep
from eternal.tui.text.writing import Writing
from eternal.tui.whispers import Whispers
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.machine_line import MachineLine
from eternal.tui.widgets.side import Beside, Side
from eternal.tui.widgets.table import Table
from eternal.tui.widgets.top_line import TopLine
from eternal.wording.news import news_lines

__all__ = ["PlayScreen"]


class PlayScreen(Room):
    """One night."""

    SCOPE = "night"
    PLACE = mark("The night")
    BINDINGS = bindings("night")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.armed = ""
        self.warning = ""
        self.whispers = Whispers()

    @property
    def palette(self) -> Palette:
        """The theme's colours, with her hair as it is in this scene."""
        return self.stage.palette.wearing(self.session.view.hair)

    def compose(self) -> ComposeResult:
        """Lay out the page between its two lines, and the map beside it."""
        yield TopLine(self.palette)
        yield MachineLine(self.palette, self._hints())
        with Beside():
            yield Leaf(self.palette, self.stage.manner, clock=self.stage.clock)
            yield Side(self.palette)
        yield Table(self.palette)

    def _hints(self) -> list[tuple[str, str]]:
        page = self.session.view
        names = [("night.word", _("words"))] if page.fragments else []
        names += [("night.map", _("map"))] if asleep(page) else []
        names += [("night.before", _("read back")), ("everywhere.help", _("help"))]
        return [(self.key(name), says) for name, says in names]

    def on_mount(self) -> None:
        """Show where the night stands, once there is a size to lay it out in."""
        self.call_after_refresh(self.turn, "scene")

    def about(self) -> list[str]:
        """Return what the help says of where the night stands."""
        return guide(self.session.story, self.session.view)

    # Showing ------------------------------------------------------------------------------------------------------------

    def turn(self, how: str) -> None:
        """Show the page as the night now stands: `how` the leaf turns."""
        self.armed = ""
        leaf = self.query_one(Leaf)
        leaf.turn(self._writing(self.session.view), how=how, palette=self.palette)
        if not leaf.going:
            self._show_around()
        elif how == "collapse":
            self.query_one(MachineLine).say(self._news())  # the machine says it while it falls
        self.call_after_refresh(self.stage.seen)

    @on(Leaf.Turned)
    def _show_around(self) -> None:
        """Show what stands around the page: with the page, in one frame, for hour and map belong to the new one."""
        with self.app.batch_update():
            line = show_lines(self, self.session, self.palette, self._hints(), self.session.trouble)
            news = self._news()
            warning = "  ·  ".join(filter(None, (self.warning, *self.session.fresh_notices())))
            if warning:
                line.say(warning, "lamp")
            elif news or not self._whisper():
                line.say(news)
            self._show_side()

    def _news(self) -> str:
        return "  ·  ".join(news_lines(self.session.story, self.session.view, self.session.locale))

    def _whisper(self) -> bool:
        """Tell a first-time player something, if there is something to tell here that was never told before."""
        asked = self.stage.settings.confirm and is_table(self.session.story, self.session.state)
        line = "" if self.session.trouble else self.whispers.next(self.session.view, self.key, table=asked)
        if line:
            self.query_one(MachineLine).say(line, "dim")
        return bool(line)

    def _writing(self, page: View) -> Writing:
        offers = offers_of(page, run=self.key("night.run"), hands=self.key("night.hands"), armed=self.armed)
        return Writing(page.passages, tuple(offers), page.integrity)

    def _show_side(self) -> None:
        show_side(self, self.session, self.palette, self.stage.settings.width, slide=self.stage.manner.animation == "full")

    def on_resize(self) -> None:
        """Let the map come or go."""
        self._show_side()

    @on(Leaf.Moved)
    def moved(self, event: Leaf.Moved) -> None:
        """Show on the map what the choice under the cursor would light; a hand that was held out is taken back."""
        if self.armed and event.does != self.armed:
            self._arm("")
        self._show_side()

    def restyle(self) -> None:
        """Hand palette and manners down."""
        super().restyle()
        self.query_one(Leaf).behave(self.stage.manner)
        self.query_one(MachineLine).hints = tuple(self._hints())
        self._show_side()

    def reword(self) -> None:
        """Turn the page to itself, in the language that is spoken now."""
        self.session.speak(self.stage.locale)
        self.turn("still")

    # Doing ----------------------------------------------------------------------------------------------------------------

    def act(self, action: Action) -> None:
        """Do something and show what came of it; what is refused is said."""
        before, page = self.session.state, self.session.view
        refused = self.session.act(action)
        line = self.query_one(MachineLine)
        if refused:
            line.say(refused, "lamp")
            return
        after = self.session.state
        self.warning = ""
        if self.session.view.over and not page.over:
            self.warning = self.session.remember()
        if isinstance(action, Rewind):
            self.turn("same" if after.scene == before.scene else "scene")
        else:
            news = {item.kind for item in after.news}
            self.turn("collapse" if "collapse" in news else "same" if after.scene == before.scene else "scene")

    def do(self, what: str) -> None:
        """Do what an offer says. A thing is only given away when it is said twice."""
        if not what.startswith("choose:"):
            self.call_later(self.run_action, what)
        elif self.stage.settings.confirm and what != self.armed and lights_of(self.session.story, self.session.state.scene, what):
            self._arm(what)
        else:
            self.act(Choose(what.removeprefix("choose:")))

    def _arm(self, what: str) -> None:
        """Hold something out, or take it back."""
        self.armed = what
        self.query_one(Leaf).reword(self._writing(self.session.view))

    @on(Leaf.Took)
    def took(self, event: Leaf.Took) -> None:
        """Do what was pressed."""
        self.do(event.does)

    @on(Leaf.Kept)
    def kept(self, event: Leaf.Kept) -> None:
        """Keep the words that were pressed."""
        self.act(Keep(event.fragment))

    def waits(self) -> bool:
        """Complete what is appearing. Return whether something was: then the key has done its work."""
        leaf = self.query_one(Leaf)
        busy = leaf.busy
        leaf.finish()
        return busy

    def _unread(self) -> bool:
        """Complete what is appearing. Return whether the page that a key could mean was not even there yet."""
        leaf = self.query_one(Leaf)
        unread = leaf.going
        leaf.finish()
        return unread

    def on_key(self, event: events.Key) -> None:
        """Let any key that does nothing else complete what is appearing."""
        if event.key not in self.active_bindings:
            self.waits()

    # Keys -----------------------------------------------------------------------------------------------------------------

    def action_take(self, number: int) -> None:
        """Take the choice of that number, also while the words above it still appear."""
        leaf = self.query_one(Leaf)
        unread = self._unread()
        chosen = next((offer.does for offer in leaf.writing.offers if offer.key == str(number)), "")
        if chosen and not unread:
            armed = self.armed
            leaf.point(chosen)
            self.armed = armed
            self.do(chosen)

    def action_word(self, by: int) -> None:
        """Move the cursor among the words."""
        if not self._unread():
            leaf = self.query_one(Leaf)
            leaf.move(leaf.spread.words, by)

    def action_step(self, by: int) -> None:
        """Move the cursor up or down."""
        if not self._unread():
            self.query_one(Leaf).step(by)

    def action_press(self) -> None:
        """Do what the cursor is on."""
        if not self.waits():
            self.query_one(Leaf).press()

    def action_keep(self) -> None:
        """Keep the words under the cursor; without any, read on."""
        leaf = self.query_one(Leaf)
        seen = not leaf.appearing
        leaf.finish()
        if not seen:
            return
        if leaf.cursor in leaf.spread.words:
            leaf.press()
        else:
            leaf.page(1)

    def action_page(self, by: int) -> None:
        """Scroll the prose."""
        self.waits()
        self.query_one(Leaf).page(by)

    def action_run_away(self) -> None:
        """Show where one can run."""
        page = self.session.view
        if page.ways:
            self.stage.go("run")
        else:
            self._refuse(_("there is nowhere to run to from here") if self.session.state.turned else _("nobody runs yet"))

    def action_open(self, where: str) -> None:
        """Go to another screen."""
        self.query_one(Leaf).finish()
        self.stage.go(where)

    def action_map(self) -> None:
        """Show the map; say that there is none before the machine has been shown anything."""
        if self.session.view.memories:
            self.action_open("map")
        else:
            self._refuse(_("there is no map yet"))

    def _refuse(self, why: str) -> None:
        """Say at once why something cannot be done here, on the page that is coming too; a page on its way is completed."""
        self.query_one(Leaf).finish()
        self.warning = why
        self.query_one(MachineLine).say(why, "lamp")

    def action_hands(self) -> None:
        """Show what is in hand."""
        self.action_open("hands")

    def action_undo(self) -> None:
        """Take back the last step."""
        self.query_one(Leaf).finish()
        self.stage.undo()

    def action_last_page(self) -> None:
        """Turn to the last page."""
        self.stage.go("last")

    def action_leave(self) -> None:
        """Leave; the night is saved."""
        self.query_one(Leaf).finish()
        self.stage.leave()
