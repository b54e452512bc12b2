"""Copies that nobody meant to play: how sync services, browsers and file managers name a second one of a file."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["copy_of"]

_ENDINGS = (
    r"\.sync-conflict-\d{8}-\d{6}(-\w+)?",  # Syncthing
    r" ?\([^()]*conflicted copy[^()]*\)",  # Dropbox, Nextcloud
    r"[_ -]conflict[_-]\d[\d_-]*",  # ownCloud
    r"\.conflict\d*",  # Resilio, Unison
    r" ?- copy( \(\d+\))?",  # Windows
    r" ?\(\d{1,3}\)",  # browsers, Windows, Google Drive
    r" \(((another|\d+(st|nd|rd|th)) )?copy( \d+)?\)",  # GNOME
    r" copy( \d+)?",  # macOS
)


@cache
def _copies() -> tuple[re.Pattern[str], ...]:
    """Make the patterns when the first night is looked at: a player's first title has none to wait for."""
    return tuple(re.compile(rf"(.+?){ending}\Z", re.IGNORECASE) for ending in _ENDINGS)


def copy_of(name: str) -> str:
    """Return what a night's name says it is a copy of, or nothing.

    Example:
        >>> copy_of("night-1.sync-conflict-20260214-031200-ABCDEFG")
        'night-1'
    """
    return next((found[1] for pattern in _copies() if (found := pattern.match(name))), "")
