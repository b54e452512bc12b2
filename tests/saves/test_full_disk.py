"""Full, failing, read-only and forbidden disks, at every call: one clear line, the game goes on, the old save is intact."""

from __future__ import annotations

import errno
from itertools import count
from pathlib import Path

import pytest

from eternal.saves.disk import Disk
from eternal.saves.errors import SaveError
from eternal.saves.parse import parse
from eternal.saves.save import Save
from eternal.story.story import Story
from tests.saves.faults import Failing, Seam
from tests.saves.life import ACTIONS, Life, digests, renamed_story

#: Each error that there is, some passing, some for ever; `make torture` has every pair.
ERRORS = ((errno.ENOSPC, False), (errno.EIO, False), (errno.EROFS, True), (errno.EACCES, True))


def trouble(save: Save) -> str | None:
    """Return what the player is told now."""
    return save.trouble


def on_disk(path: Path) -> int:
    """Return how many actions the file has now, or -1 without one; whatever half a line is at its end."""
    return len(parse(path.read_bytes(), "x").records) if path.exists() else -1


class Watched(Life):
    """A life that looks at the disk and at what the player is told after every step."""

    def __init__(self, night: Story, folder: Path, disk: Failing) -> None:
        super().__init__(night, folder, disk)
        self.failing = disk
        self.safe = -1
        self.told = 0

    def watch(self) -> None:
        """Live until the end, or until an error that is told in one line."""
        try:
            for _ in self.steps():
                self.look()
        except SaveError as error:
            self.refused(error)
        self.look_after()

    def refused(self, error: SaveError) -> None:
        """A save that cannot even be read is refused in one line."""
        assert "\n" not in error.message
        assert self.failing.failed
        self.told += 1

    def look(self) -> None:
        """Nothing that was safe is lost; what is not safe is said, in one line; the game has it all."""
        assert self.save is not None
        assert self.acked == len(self.save.game.actions)
        path = self.save.path or self.path
        found = on_disk(path)
        assert found >= self.safe
        trouble = self.save.trouble
        if trouble is None:
            assert found == self.acked
            self.safe = found
        else:
            assert trouble.startswith("this night is not being saved: ")
            assert "\n" not in trouble
            self.told += 1

    def look_after(self) -> None:
        """With the disk mended, saving resumes with the next action, or the file opens with all that was safe."""
        self.failing.heal()
        if self.save is not None and self.save.game.recorder is not None:
            self.save.game.act(self.save.game.possible()[0])
            assert self.save.trouble is None
            assert self.save.path is not None
            assert on_disk(self.save.path) == len(self.save.game.actions)
            self.save.close()
        if self.path.exists():
            with Save.open(self.path, renamed_story(self.night), disk=Seam()) as save:
                assert len(save.game.actions) >= max(0, self.safe)
        assert not self.failing.synced_again
        self.failing.forget()


class Full(Disk):
    """A disk without room for a single byte."""

    def write(self, descriptor: int, data: bytes) -> None:
        del descriptor, data
        raise OSError(errno.ENOSPC, "no space left on device")


def play_through(night: Story, folder: Path, error: int, *, for_ever: bool) -> tuple[int, int]:
    """Live a night for every call that can fail. Return how many there are, and how often the player was told."""
    told = 0
    for at in count(1):
        life = Watched(night, folder / f"{at}", Failing(at, error, for_ever=for_ever))
        life.watch()
        told += life.told
        if not life.failing.failed:
            return at - 1, told
    raise AssertionError


@pytest.mark.parametrize(("error", "for_ever"), ERRORS)
def test_an_error_at_every_call_is_said_and_played_through(night: Story, tmp_path: Path, error: int, for_ever: bool) -> None:
    """No exception but a SaveError of one line, no safe action lost, no failed sync tried again."""
    calls, told = play_through(night, tmp_path, error, for_ever=for_ever)
    assert calls > 100
    assert told > 30
    print(f"{errno.errorcode[error]} at {calls} calls, {'for ever' if for_ever else 'once'}: played through, {told} times told")


def test_saving_resumes_when_room_returns(night: Story, tmp_path: Path) -> None:
    """A disk that fills and empties: the trouble comes and goes, and the file has every action."""
    disk = Failing(10_000, errno.ENOSPC, for_ever=True)
    with Save.create(night, tmp_path / "a.eternal", seed=3, disk=disk) as save:
        save.game.act(ACTIONS[0])
        disk.at = 0
        save.game.act(ACTIONS[1])
        assert trouble(save) == "this night is not being saved: the disk is full"
        save.game.act(ACTIONS[2])
        disk.heal()
        save.game.act(ACTIONS[3])
        assert trouble(save) is None
    with Save.open(tmp_path / "a.eternal", night) as save:
        assert save.notices == []
        assert save.game.actions == list(ACTIONS[:4])


def test_a_night_begun_on_a_full_disk_is_saved_once_there_is_room(night: Story, tmp_path: Path) -> None:
    """Nothing was there; with the first action after, all of it is."""
    disk = Failing(0, errno.ENOSPC, for_ever=True)
    save = Save.create(night, tmp_path / "a.eternal", seed=3, disk=disk)
    assert save.notices == ["this night is not being saved: the disk is full"]
    assert save.path is None
    save.game.act(ACTIONS[0])
    disk.heal()
    save.close()
    assert trouble(save) is None
    assert on_disk(tmp_path / "a.eternal") == 1


def test_a_failed_sync_is_never_asked_again(night: Story, tmp_path: Path) -> None:
    """The file whose sync failed is let go; the night is written whole into another, which takes the name."""
    path = tmp_path / "a.eternal"
    disk = Failing(10_000, errno.EIO, for_ever=False)
    with Save.create(night, path, seed=3, disk=disk) as save:
        before = path.stat().st_ino
        disk.at = len(disk.calls) + 1 + ["is_at", "size", "write", "sync"].index("sync")
        save.game.act(ACTIONS[0])
        assert disk.failed == ["sync"]
        assert trouble(save) == "this night is not being saved: the disk reports an error"
        save.game.act(ACTIONS[1])
        assert trouble(save) is None
        assert path.stat().st_ino != before
    assert not disk.synced_again
    disk.forget()
    assert on_disk(path) == 2


def test_a_save_that_is_taken_away_while_it_is_played_is_written_again(night: Story, tmp_path: Path) -> None:
    """Somebody deletes the file, or the whole folder: the next action brings all of it back."""
    path = tmp_path / "home" / "a.eternal"
    with Save.create(night, path, seed=3) as save:
        save.game.act(ACTIONS[0])
        for file in path.parent.iterdir():
            file.unlink()
        path.parent.rmdir()
        save.game.act(ACTIONS[1])
        assert trouble(save) is None
    assert on_disk(path) == 2


def test_a_file_that_a_sync_service_puts_in_place_of_ours_is_left_alone(night: Story, tmp_path: Path) -> None:
    """Another night has the name now: it stays as it is, and ours goes on under the next free one."""
    path = tmp_path / "night-1.eternal"
    with Save.create(night, path, seed=3) as save:
        save.game.act(ACTIONS[0])
        with Save.create(night, tmp_path / "other", seed=9) as other:
            other.game.act(ACTIONS[0])
        theirs = (tmp_path / "other").read_bytes()
        (tmp_path / "other").replace(path)
        save.game.act(ACTIONS[1])
        assert save.path == tmp_path / "night-2.eternal"
        assert trouble(save) is None
    assert path.read_bytes() == theirs
    assert on_disk(tmp_path / "night-2.eternal") == 2
    assert digests(night)


@pytest.mark.parametrize("cut", [1, 60, None], ids=["its last byte", "its last line", "all of it"])
def test_a_save_that_is_cut_off_under_the_player_is_written_whole(night: Story, tmp_path: Path, cut: int | None) -> None:
    """Another program cuts the open file: with the next action all of the night is on the disk again, and the player is told where."""
    path = tmp_path / "night-1.eternal"
    with Save.create(night, path, seed=3) as save:
        save.game.act(ACTIONS[0])
        left = path.read_bytes()[:-cut] if cut else b""
        path.write_bytes(left)
        save.game.act(ACTIONS[1])
        assert save.path is not None
        assert on_disk(save.path) == 2
        if cut:
            assert save.notices == ["night-1.eternal was changed or taken away by something else; it has been written anew"]
        else:
            said = "night-1.eternal was changed or taken away by something else and is left alone; this night goes on as night-2.eternal"
            assert save.notices == [said]
            assert path.read_bytes() == b""


def test_a_save_that_something_else_writes_to_is_left_to_it(night: Story, tmp_path: Path) -> None:
    """A line is appended to the open file: it stays as it is, and the night goes on, whole, under the next free name."""
    path = tmp_path / "night-1.eternal"
    with Save.create(night, path, seed=3) as save:
        save.game.act(ACTIONS[0])
        theirs = path.read_bytes() + b"a line of theirs\n"
        path.write_bytes(theirs)
        save.game.act(ACTIONS[1])
        save.game.act(ACTIONS[2])
        assert len(save.notices) == 1
    assert path.read_bytes() == theirs
    assert on_disk(tmp_path / "night-2.eternal") == 3


def test_a_save_that_is_cut_off_after_the_last_action_is_mended_when_it_is_closed(night: Story, tmp_path: Path) -> None:
    """Closing looks once more; a file that was taken away by then stays away."""
    path = tmp_path / "night-1.eternal"
    with Save.create(night, path, seed=3) as save:
        save.game.act(ACTIONS[0])
        path.write_bytes(path.read_bytes()[:-20])
    assert on_disk(path) == 1
    with Save.open(path, night):
        path.unlink()
    assert list(tmp_path.iterdir()) == []


def test_what_the_disk_keeps_from_being_mended_is_not_said_to_be(night: Story, tmp_path: Path) -> None:
    """A torn save, and one of an edited story, on a full disk: nothing is cut off, nothing carried over, and nothing else is said."""
    path = tmp_path / "a.eternal"
    with Save.create(night, path, seed=3) as save:
        save.game.act(ACTIONS[0])
    whole = path.read_bytes()
    trouble, stays = "this night is not being saved: the disk is full", "a.eternal itself stays as it is until it can be written"
    for story, left, first in (
        (night, b"torn", ["the last 4 bytes of a.eternal are damaged and are left out"]),
        (renamed_story(night), b"", []),
    ):
        path.write_bytes(whole + left)
        with Save.open(path, story, disk=Full()) as save:
            assert save.notices == [*first, stays, trouble]
            assert path.read_bytes() == whole + left
