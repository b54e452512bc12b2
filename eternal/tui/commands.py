"""The commands of the palette: the game's own, by their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.app import SystemCommand

from eternal.speech import _
from eternal.tui.themes import OURS

if TYPE_CHECKING:
    from eternal.tui.stage import Stage

__all__ = ["commands"]


def commands(stage: Stage) -> Iterator[SystemCommand]:
    """Yield what can be done now, wherever one stands."""
    if stage.night is not None:
        if stage.session is not None and stage.session.view.memories:
            yield SystemCommand(_("Map"), _("The map of memories"), lambda: stage.go("map"))
        yield SystemCommand(_("Before"), _("What has been read and done"), lambda: stage.go("before"))
        yield SystemCommand(_("Hands"), _("What you hold and what is hidden"), lambda: stage.go("hands"))
        yield SystemCommand(_("Take back"), _("Take back the last step"), stage.undo)
        yield SystemCommand(_("To the title"), _("Leave the night; it is saved"), stage.to_title)
    yield SystemCommand(_("A new night"), _("Begin from the beginning"), stage.begin)
    yield SystemCommand(_("Nights"), _("The nights that are saved"), lambda: stage.go("nights"))
    yield SystemCommand(_("Endings"), _("The endings you have reached"), lambda: stage.go("endings"))
    yield SystemCommand(_("Settings"), _("Theme, pace, animation, keys"), lambda: stage.go("settings"))
    yield SystemCommand(_("Help"), _("What can be done here"), stage.action_help)
    for theme in OURS:
        yield SystemCommand(_("Theme: {theme}").format(theme=theme), _("Change the colours"), lambda theme=theme: _wear(stage, theme))
    yield SystemCommand(_("Leave"), _("Leave the game; the night is saved"), stage.leave)


def _wear(stage: Stage, theme: str) -> None:
    stage.change(replace(stage.settings, theme=theme))
