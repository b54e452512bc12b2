"""The nights that are saved: play on, rename, delete and bring back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from textual import on
from textual.app import ComposeResult

from eternal.safety import clean
from eternal.saves.disk import DISK, explain
from eternal.saves.errors import SaveError
from eternal.saves.nights import Night, delete, nights, rename
from eternal.speech import _, mark
from eternal.tui.keys import bindings
from eternal.tui.screens.line import Line
from eternal.tui.screens.room import Room
from eternal.tui.widgets.menu import Menu, Row
from eternal.tui.widgets.prose import Para, Prose
from eternal.wording.told import title_like

__all__ = ["NightsScreen"]

#: The most of a save that is kept in memory so that it can be brought back.
_MAX = 32_000_000


class NightsScreen(Room):
    """A list of nights with where they stand."""

    SCOPE = "nights"
    PLACE = mark("Nights")
    BINDINGS = bindings("nights")

    def __init__(self) -> None:
        super().__init__()
        self.nights: dict[str, Night] = {}
        self.gone: list[tuple[Path, bytes, float]] = []

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield Prose([Para(_("Nights"), "dim")], palette=self.palette, classes="heading")
        menu = Menu(palette=self.palette, apart=1)
        menu.add_class("fill")
        yield menu
        yield Prose([Para("", "dim")], palette=self.palette, classes="foot")

    def on_mount(self) -> None:
        """Read the folder."""
        self._read()

    def _read(self, note: str = "") -> None:
        self.nights = {str(night.path): night for night in nights(self.stage.story)}
        rows = [self._row(path, night) for path, night in self.nights.items()]
        self.query_one(Menu).rows = rows or [Row("", _("No night has been saved yet."), role="dim")]
        self._say(note)

    def _say(self, note: str) -> None:
        keys = [("enter", _("play on")), ("watch", _("watch it")), ("rename", _("rename")), ("delete", _("delete"))] if self.nights else []
        keys += [("undo", _("bring back"))] if self.gone else []
        hint = self.hints(*((f"nights.{name}", says) for name, says in (*keys, ("back", _("back")))))
        self.query_one(".foot", Prose).paras = [Para(note or hint, "lamp" if note else "dim")]

    def _row(self, path: str, night: Night) -> Row:
        playing = self.stage.session is not None and self.stage.session.save.path == night.path
        note = _("now") if playing else _("ended") if night.at.ending else night.at.hour
        return Row(path, night.name, note, " · ".join(self._facts(night)))

    def _facts(self, night: Night) -> Iterator[str]:
        """Yield what there is to say of a night: how it ended or where it stands, what is kept, when it was begun."""
        at = night.at
        if at.problem:
            yield at.problem
            return
        yield title_like(self.stage.story, at.scene, self.stage.locale)
        if at.held:
            yield _("{count} kept").format(count=at.held)
        yield _("1 step") if at.actions == 1 else _("{count} steps").format(count=at.actions)
        if at.created:
            yield at.created[:10]
        if night.is_copy:
            yield _("a copy")

    def about(self) -> list[str]:
        """Return what the help says of nights."""
        return [_("Every step is saved when it is taken; there is nothing to save by hand. Take a night to play on where it stood.")]

    # Doing --------------------------------------------------------------------------------------------------------------

    def _here(self) -> Night | None:
        return self.nights.get(self.query_one(Menu).cursor)

    def action_step(self, by: int) -> None:
        """Move among the nights."""
        self.query_one(Menu).step(by)
        self._say("")

    def action_press(self) -> None:
        """Play on."""
        self.query_one(Menu).press()

    @on(Menu.Picked)
    def picked(self, event: Menu.Picked) -> None:
        """Open a night."""
        night = self.nights.get(event.row)
        if night is not None:
            self.stage.open(night.path)

    def action_watch(self) -> None:
        """Watch a night."""
        night = self._here()
        if night is not None:
            self.stage.watch_night(night.path)

    def action_rename(self) -> None:
        """Ask for another name."""
        night = self._here()
        if night is None:
            return
        if self._is_played(night):
            self._say(_("this night is being played; leave it first"))
            return
        self.app.push_screen(Line(_("Name"), self.palette, value=night.name), lambda name: self._rename(night, name or ""))

    def _rename(self, night: Night, name: str) -> None:
        if not name or name == night.name:
            return
        try:
            path = rename(night.path, name)
        except SaveError as error:
            self._say(error.told)
            return
        self._read()
        self.query_one(Menu).point(str(path))

    def action_delete(self) -> None:
        """Take a night away; it can be brought back while the list is open."""
        night = self._here()
        if night is None:
            return
        if self._is_played(night):
            self._say(_("this night is being played; leave it first"))
            return
        try:
            kept = DISK.read(night.path, _MAX), night.path.stat().st_mtime
            delete(night.path)
        except OSError as error:
            self._say(_("{name} cannot be deleted: {why}").format(name=clean(night.path.name), why=explain(error)))
        except SaveError as error:
            self._say(error.told)
        else:
            self.gone.append((night.path, *kept))
            self._read(_("{name} is deleted · {key} brings it back").format(name=night.name, key=self.key("nights.undo")))

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        if not self.gone:
            return
        path, data, modified = self.gone[-1]
        if path.exists():
            self._say(_("there is another night called {name} now").format(name=clean(path.stem)))
            return
        try:
            DISK.write_file(path, data)
            os.utime(path, (modified, modified))
        except OSError as error:
            self._say(_("it cannot be brought back: {why}").format(why=explain(error)))
            return
        self.gone.pop()
        self._read()
        self.query_one(Menu).point(str(path))

    def _is_played(self, night: Night) -> bool:
        return self.stage.session is not None and self.stage.session.save.path == night.path
