"""What is in hand, and what is hidden: hide it here, or let it go."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult

from eternal.engine.actions import Action, Drop, Hide
from eternal.speech import _, mark
from eternal.tui.keys import bindings
from eternal.tui.screens.room import Room
from eternal.tui.session import Session
from eternal.tui.widgets.menu import Menu, Row
from eternal.tui.widgets.prose import Para, Prose
from eternal.wording.told import say, short
from eternal.wording.words import hands_words

__all__ = ["HandsScreen"]


class HandsScreen(Room):
    """The fragments. The screen does nothing itself: it hands an action to whoever opened it."""

    SCOPE = "hands"
    PLACE = mark("What you hold")
    BINDINGS = bindings("hands")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """Lay out what is held."""
        page = self.session.view
        room = " · " + _("room for {count} here").format(count=page.room) if page.room else ""
        empty = "" if page.hands else _("Your hands are empty. Words that are underlined on a page can be kept.")
        paras = [Para(hands_words(page) + room, "dim"), *([Para(empty, "page")] if empty else [])]
        yield Prose(paras, palette=self.palette, classes="heading")
        menu = Menu(list(self._rows()), palette=self.palette, numbered=True)
        menu.add_class("fill")
        yield menu
        keys = [("hands.enter", _("hide here"))] if page.hands and page.room else []
        keys += [("hands.drop", _("let go"))] if page.hands else []
        yield Prose([Para(self.hints(*keys, ("hands.back", _("back"))), "dim")], palette=self.palette, classes="foot")

    def _rows(self) -> Iterator[Row]:
        page, story = self.session.view, self.session.story
        for held in page.hands:
            yield Row(held.id, held.line, say(story, f"motif:{held.motif}", story.motifs.get(held.motif, ""), self.session.locale))
        if page.hidden:
            yield Row("", "")
            yield Row("", _("hidden"), role="dim")
        for held in page.hidden:
            yield Row("", held.line, short(held.place), role="lamp")

    def about(self) -> list[str]:
        """Return what the help says of hands."""
        return [
            _(
                "In your hands things are safe only as long as you are. In a refuge you can hide them: "
                "what is hidden stays, unless the machine finds the place."
            ),
            _("What you let go goes back to its words, or is lost if they are gone."),
        ]

    def action_step(self, by: int) -> None:
        """Move among what is held."""
        self.query_one(Menu).step(by)

    def action_take(self, number: int) -> None:
        """Hide what has that number."""
        self.query_one(Menu).take(number)

    @on(Menu.Picked)
    def action_press(self) -> None:
        """Hide what the cursor is on."""
        held = self.query_one(Menu).cursor
        if held:
            self._done(Hide(held))

    def action_drop(self) -> None:
        """Let it go."""
        held = self.query_one(Menu).cursor
        if held:
            self._done(Drop(held))

    def _done(self, action: Action) -> None:
        self.stage.pop_screen()
        self.stage.act(action)
