"""Where each night stands, remembered between two looks at the folder: playing 500 nights takes seconds, this none.

It is trusted for nothing but the list of nights, and can be deleted at any time: what does not fit is worked out anew.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from msgspec import Struct, msgpack

from eternal._version import VERSION
from eternal.locations import shelf_file
from eternal.safety import clean_name
from eternal.saves.disk import DISK, Disk, Stamp
from eternal.saves.errors import UNREADABLE

__all__ = ["Shelf", "Standing"]

_MAX = 16_000_000


class Standing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a night stands, as its list shows it.

    Attributes:
        story: the id of its story.
        created: when it was begun, as its file says.
        actions: how many actions it has.
        scene: where it stands: the title while the story has that scene, else the id.
        hour: the hour of the night it stands at, or empty.
        ending: the ending it has reached, or empty.
        held: fragments in hand, hidden or planted.
        problem: why it cannot be opened, or empty.
    """

    story: str = ""
    created: str = ""
    actions: int = 0
    scene: str = ""
    hour: str = ""
    ending: str = ""
    held: int = 0
    problem: str = ""


class _Kept(Struct, frozen=True):
    version: str = VERSION
    #: The digest of the story that the nights were played again on, and each night by its name.
    story: str = ""
    nights: dict[str, tuple[Stamp, Standing]] = {}


class Shelf:
    """The remembered nights of the player's folder, on one story."""

    def __init__(self, story: str, disk: Disk = DISK) -> None:
        """Take out what is remembered of a story with that digest."""
        self.story = story
        self._disk = disk
        self._before = self._read()
        self._now: dict[str, tuple[Stamp, Standing]] = {}

    def _read(self) -> dict[str, tuple[Stamp, Standing]]:
        try:
            kept = msgpack.decode(self._disk.read(shelf_file(), _MAX), type=_Kept)
        except (OSError, *UNREADABLE):
            return {}
        return kept.nights if (kept.version, kept.story) == (VERSION, self.story) else {}

    def get(self, name: str, stamp: Stamp) -> Standing | None:
        """Return where a night stands, if its file is the one that is remembered."""
        found = self._before.get(name)
        if found is None or found[0] != stamp:
            return None
        self._now[name] = found
        return found[1]

    def put(self, name: str, stamp: Stamp, standing: Standing) -> None:
        """Remember where a night stands, unless its name is no text: then it is worked out anew each time."""
        if clean_name(name) == name:
            self._now[name] = stamp, standing

    def keep(self, names: list[str]) -> None:
        """Write what is remembered of the nights of those names. If that fails, the next list is merely slower."""
        there = set(names)
        nights = {name: found for name, found in (self._before | self._now).items() if name in there}
        if nights == self._before:
            return
        path: Path = shelf_file()
        with contextlib.suppress(OSError, UnicodeEncodeError):  # the latter: a name that is no text
            self._disk.write_file(path, msgpack.encode(_Kept(story=self.story, nights=nights)))
