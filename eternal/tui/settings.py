"""What a player has set, kept between nights in one small file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from eternal.locations import settings_file
from eternal.saves.disk import DISK, Disk, explain
from eternal.saves.errors import UNREADABLE
from eternal.speech import _

__all__ = ["PACES", "WIDTHS", "Animation", "Pace", "Settings", "read_settings", "write_settings"]

Pace = Literal["slow", "reading", "quick", "at once"]
Animation = Literal["full", "basic", "none"]

#: Words a second for each pace; a little faster than they are read, so that nobody waits for them.
PACES: dict[str, float] = {"slow": 5.0, "reading": 10.0, "quick": 28.0, "at once": 0.0}
#: Widths of the prose in columns.
WIDTHS = (72, 64, 56)

_MAX = 100_000


class Settings(Struct, frozen=True, omit_defaults=True):
    """The player's settings.

    Attributes:
        language: what to tell the story in; empty: what the system speaks.
        theme: one of ours or of Textual's.
        pace: how fast words appear.
        animation: how much moves; the environment's `TEXTUAL_ANIMATIONS` can only lower it.
        width: the most columns that prose takes.
        confirm: whether leaving, going back from the history and giving a thing away are asked twice.
        dissolve: whether words that are going leave the page (else they only grow dim, and can be read on).
        keymap: a key's id and the keys that the player has given it.
    """

    language: Annotated[str, Meta(max_length=35)] = ""
    theme: Annotated[str, Meta(max_length=40)] = "night"
    pace: Pace = "reading"
    animation: Animation = "full"
    width: Literal[72, 64, 56] = 72
    confirm: bool = True
    dissolve: bool = True
    keymap: dict[Annotated[str, Meta(max_length=40)], Annotated[str, Meta(max_length=80)]] = {}


def read_settings(path: Path | None = None, disk: Disk = DISK) -> Settings:
    """Return the player's settings; where the file is absent or damaged, those a player begins with."""
    try:
        return msgspec.json.decode(disk.read(path or settings_file(), _MAX), type=Settings)
    except (OSError, *UNREADABLE):
        return Settings()


def write_settings(settings: Settings, path: Path | None = None, disk: Disk = DISK) -> str:
    """Keep the settings. Return why that failed, or nothing."""
    try:
        disk.write_file(path or settings_file(), msgspec.json.format(msgspec.json.encode(settings), indent=1) + b"\n")
    except OSError as error:
        return _("the settings are not saved: {why}").format(why=explain(error))
    return ""
