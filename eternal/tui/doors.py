"""Where every screen is reached from: by its name, and imported when somebody goes there."""

from __future__ import annotations

from textual.screen import Screen

from eternal.tui.session import Session

__all__ = ["door"]


def door(where: str, session: Session | None) -> Screen[None] | None:
    """Return the screen of that name; None if there is none, or none without a night."""
    match where:
        case "nights":
            from eternal.tui.screens.nights import NightsScreen

            return NightsScreen()
        case "endings":
            from eternal.tui.screens.gallery import GalleryScreen

            return GalleryScreen()
        case "settings":
            from eternal.tui.screens.settings import SettingsScreen

            return SettingsScreen()
        case _:
            return _of_night(where, session) if session is not None else None


def _of_night(where: str, session: Session) -> Screen[None] | None:
    match where:
        case "map":
            from eternal.tui.screens.map import MapScreen

            return MapScreen(session)
        case "before":
            from eternal.tui.screens.before import BeforeScreen

            return BeforeScreen(session)
        case "hands":
            from eternal.tui.screens.hands import HandsScreen

            return HandsScreen(session)
        case "run":
            from eternal.tui.screens.run_away import RunScreen

            return RunScreen(session)
        case "last":
            from eternal.tui.screens.last_page import LastPage

            return LastPage(session.view.title, session.view.poem, hair=session.view.hair)
        case _:
            return None
