"""What a player carries from one night to the next: endings reached, the poems they were given, and what need not be said again."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from eternal.engine.game import Game
from eternal.locations import profile_file
from eternal.saves.disk import DISK, Disk, real
from eternal.saves.errors import UNREADABLE, SaveLocked
from eternal.saves.lock import Lock
from eternal.story.story import Story

__all__ = ["Profile", "Reached", "note_said", "read_profile", "remember"]

_MAX = 4_000_000
#: As many endings as the header of a save holds.
_MOST = 500
#: How often to ask for the lock, and how long to wait between, in seconds: another game that ends needs some milliseconds.
_TRIES, _PAUSE = 50, 0.02
#: As often as an ending is counted, and as many words as are remembered of a poem or of what was said.
_OFTEN, _WORDS = 1_000_000_000, 200

_Name = Annotated[str, Meta(pattern=r"^[a-z0-9'-]{1,60}\Z")]


class Reached(Struct, frozen=True):
    """An ending as it was reached: how often, and the fragments of its last poem."""

    times: Annotated[int, Meta(ge=1, le=_OFTEN)] = 1
    poem: Annotated[tuple[_Name, ...], Meta(max_length=_WORDS)] = ()


class Profile(Struct, frozen=True, omit_defaults=True):
    """What is known of a player.

    Attributes:
        endings: those reached, by story and scene id.
        said: what a face tells a first-time player once, by name.
    """

    endings: dict[_Name, dict[_Name, Reached]] = {}
    said: Annotated[tuple[_Name, ...], Meta(max_length=_WORDS)] = ()

    def past(self, story: str) -> tuple[str, ...]:
        """Return the endings of a story that have been reached, as a new night's header keeps them."""
        return tuple(sorted(self.endings.get(story, {})))[:_MOST]

    def reached(self, story: Story) -> dict[str, Reached]:
        """Return the endings of a story that have been reached, under the ids they have today."""
        found: dict[str, Reached] = {}
        for name, reached in self.endings.get(story.id, {}).items():
            today = name if name in story.scenes else story.renamed.get(("scene", name), name)
            before = found.get(today)
            found[today] = replace(reached, times=reached.times + before.times) if before else reached
        return found


def read_profile(path: Path | None = None, disk: Disk = DISK) -> Profile:
    """Return the player's profile; an absent or damaged one is an empty one, for nothing depends on it but déjà vu."""
    try:
        return _decode(disk.read(path or profile_file(), _MAX + 1)) or Profile()
    except OSError:
        return Profile()


def remember(game: Game, path: Path | None = None, disk: Disk = DISK) -> Profile:
    """Note how a finished night ended, and return the profile; a night that is not over changes nothing.

    A profile that cannot be understood is kept beside the new one, as `.damaged`; one that cannot be read is left alone.

    Raises:
        OSError: the profile cannot be read or written.
    """
    if not game.is_over:
        return read_profile(path, disk)
    return _change(lambda profile: _with(profile, game), path, disk)


def note_said(name: str, path: Path | None = None, disk: Disk = DISK) -> Profile:
    """Note that something has been told to the player and need not be told again, and return the profile.

    Raises:
        OSError: the profile cannot be read or written.
    """
    return _change(lambda profile: replace(profile, said=tuple(dict.fromkeys((*profile.said, name)))[-_WORDS:]), path, disk)


def _change(change: Callable[[Profile], Profile], path: Path | None, disk: Disk) -> Profile:
    path = real(path or profile_file())
    disk.make_folder(path.parent)
    with _locked(path, disk):
        data = disk.read(path, _MAX + 1) if disk.exists(path) else b""
        profile = _decode(data)
        if profile is None and data:
            disk.write_file(path.with_name(f"{path.name}.damaged"), data)
        noted = change(profile or Profile())
        disk.write_file(path, msgspec.json.format(msgspec.json.encode(noted, order="sorted"), indent=1))
    return noted


def _decode(data: bytes) -> Profile | None:
    """Return a profile, or None if that is none."""
    try:
        return msgspec.json.decode(data, type=Profile)
    except UNREADABLE:
        return None


def _with(profile: Profile, game: Game) -> Profile:
    of_story = dict(profile.endings.get(game.story.id, {}))
    here, before = game.state.scene, of_story.get(game.state.scene)
    times = before.times if before else 0
    if not times or all(state.scene != here for state in game.states[:-1]):  # a step taken back and taken again is the same night
        times = min(times + 1, _OFTEN)
    of_story[here] = Reached(times=times, poem=game.state.kept[:_WORDS])
    return replace(profile, endings={**profile.endings, game.story.id: of_story})


@contextlib.contextmanager
def _locked(path: Path, disk: Disk) -> Iterator[None]:
    """Keep other games that end at this moment from writing; if one takes its time, the last to write wins."""
    lock = None
    for _ in range(_TRIES):
        try:
            lock = Lock(path, disk)
            break
        except SaveLocked:
            time.sleep(_PAUSE)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
