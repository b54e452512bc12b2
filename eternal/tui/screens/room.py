"""What every screen of the game is built on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from eternal.tui.keys import find, shown
from eternal.tui.palette import Palette
from eternal.tui.widgets.painted import Painted

if TYPE_CHECKING:
    from eternal.tui.stage import Stage

__all__ = ["Room", "stage_of"]


class Room(Screen[None]):
    """A screen with a scope of keys, a place in the help, and the palette of the theme."""

    #: Which keys hold here (`eternal.tui.keys.SCOPES`).
    SCOPE: ClassVar[str] = "list"
    #: What this place is called in the help.
    PLACE: ClassVar[str] = ""

    AUTO_FOCUS = ""
    ALLOW_SELECT = False

    @property
    def stage(self) -> Stage:
        """The app."""
        return cast("Stage", self.app)

    @property
    def palette(self) -> Palette:
        """The colours here."""
        return self.stage.palette

    def about(self) -> list[str]:
        """Return what the help says of where one stands."""
        return []

    def restyle(self) -> None:
        """Hand the palette down after the theme has changed."""
        for widget in self.query(Painted):
            widget.repaint(self.palette)

    def reword(self) -> None:
        """Say what stands here in the language that is spoken now: it has changed while another screen lay over this one."""

    def key(self, name: str, *, last: bool = False) -> str:
        """Return how the key with that id is written, as the player has set it: the first of several, or the last."""
        found = find(name)
        keys = self.stage.settings.keymap.get(name, found.keys if found else "")
        return shown(keys.split(",")[-1 if last else 0])

    def hints(self, *keys: tuple[str, str]) -> str:
        """Return keys and what they do, as they stand at the bottom of a screen."""
        return " · ".join(f"{self.key(name)} {says}" for name, says in keys)

    def action_back(self) -> None:
        """Go back to the screen before."""
        self.app.pop_screen()


def stage_of(screen: Screen[object]) -> Stage:
    """Return the app of a screen that is no room."""
    return cast("Stage", screen.app)
