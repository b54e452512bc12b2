"""What a player carries from one night to the next: which endings were reached, and the poems they were given."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from eternal.engine.game import Game
from eternal.saves.disk import DISK, Disk
from eternal.saves.locations import profile_file
from eternal.story.safety import FORBIDDEN

__all__ = ["Profile", "Reached", "read_profile", "remember"]

_MAX = 4_000_000


class Reached(Struct, frozen=True):
    """An ending as it was reached: how often, and the fragments of its last poem."""

    times: Annotated[int, Meta(ge=1)] = 1
    poem: tuple[str, ...] = ()


class Profile(Struct, frozen=True):
    """Endings by story and scene id."""

    endings: dict[str, dict[str, Reached]] = {}

    def past(self, story: str) -> tuple[str, ...]:
        """Return the endings of a story that have been reached, as a new night's header keeps them."""
        return tuple(sorted(self.endings.get(story, {})))


def read_profile(path: Path | None = None, disk: Disk = DISK) -> Profile:
    """Return the player's profile; an absent or damaged one is an empty one, for nothing depends on it but déjà vu."""
    try:
        profile = msgspec.json.decode(disk.read(path or profile_file(), _MAX), type=Profile)
    except (OSError, msgspec.MsgspecError):
        return Profile()
    clean = not any(FORBIDDEN.search(word) for story in profile.endings.values() for name, it in story.items() for word in (name, *it.poem))
    return profile if clean else Profile()


def remember(game: Game, path: Path | None = None, disk: Disk = DISK) -> Profile:
    """Note how a finished night ended, and return the profile; a night that is not over changes nothing.

    Raises:
        OSError: the profile cannot be written.
    """
    profile = read_profile(path, disk)
    if not game.is_over:
        return profile
    of_story = dict(profile.endings.get(game.story.id, {}))
    before = of_story.get(game.state.scene)
    of_story[game.state.scene] = Reached(times=before.times + 1 if before else 1, poem=game.state.kept)
    profile = Profile(endings={**profile.endings, game.story.id: of_story})
    disk.write_file(path or profile_file(), msgspec.json.format(msgspec.json.encode(profile, order="sorted"), indent=1))
    return profile
