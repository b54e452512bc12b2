"""Where the player's things are. `ETERNAL_HOME` moves them all."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["SUFFIX", "cache_folder", "home", "profile_file", "saves_folder", "settings_file", "shelf_file", "title_file"]

#: What the name of a save ends in.
SUFFIX = ".eternal"


def home() -> Path:
    """Return the folder of the player's data."""
    moved = os.environ.get("ETERNAL_HOME")
    if moved:
        return Path(moved)
    import platformdirs

    return Path(platformdirs.user_data_dir("eternal", appauthor=False))


def cache_folder() -> Path:
    """Return the folder of what is worked out anew whenever it is missing."""
    if os.environ.get("ETERNAL_HOME"):
        return home() / "cache"
    import platformdirs

    return Path(platformdirs.user_cache_dir("eternal", appauthor=False))


def saves_folder() -> Path:
    """Return the folder of the player's saves."""
    return home() / "saves"


def profile_file() -> Path:
    """Return the file that remembers how the player's nights have ended."""
    return home() / "profile.json"


def settings_file() -> Path:
    """Return the file of the player's settings."""
    return home() / "settings.json"


def shelf_file() -> Path:
    """Return the file that remembers where each night stands, so that listing them need not play them all."""
    return cache_folder() / "nights"


def title_file() -> Path:
    """Return the file that remembers how the title looked, so that it can be there at once."""
    return cache_folder() / "title"
