"""What is done with saves besides playing them: branching, renaming, deleting, remembering. Killed and failed at every call."""

from __future__ import annotations

import errno
from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec
import pytest

from eternal.engine.game import Game
from eternal.saves.disk import Disk
from eternal.saves.errors import SaveError
from eternal.saves.folder import delete, rename
from eternal.saves.profile import Profile, note_said, read_profile, remember
from eternal.saves.save import read_save
from eternal.saves.session import branch
from eternal.story.story import Story
from tests.saves.faults import Death, Failing, Moment, Mortal, Seam
from tests.saves.nights import journal, random_night

Errand = Callable[[Path, Disk], None]


@pytest.fixture(scope="module")
def over(night: Story) -> Game:
    """A night that is over."""
    game = random_night(night, 1)
    assert game.is_over
    return game


@pytest.fixture(scope="module")
def data(over: Game) -> bytes:
    """That night as its save has it."""
    return journal(over)


def killed(folder: Path, data: bytes, errand: Errand, moment: Moment) -> list[Path]:
    """Do an errand once for every call it can die at, each in a folder of its own, and return the folders."""
    folders = []
    for at in count(1):
        here = folder / f"{moment}{at}"
        here.mkdir()
        (here / "a.eternal").write_bytes(data)
        folders.append(here)
        try:
            errand(here, Mortal(at, moment))
        except Death:
            continue
        return folders
    raise AssertionError


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_a_renamed_night_has_one_of_both_names(tmp_path: Path, data: bytes, moment: Moment) -> None:
    """Whole, under the old name or the new."""
    for folder in killed(tmp_path, data, lambda here, disk: ignored(rename(here / "a.eternal", "b", disk)), moment):
        found = [file for file in folder.iterdir() if file.suffix == ".eternal"]
        assert [file.read_bytes() for file in found] == [data]
        rename(found[0], "c", Seam())


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_a_branched_night_leaves_its_origin_alone(night: Story, tmp_path: Path, data: bytes, moment: Moment) -> None:
    """The new file is there and whole, or not at all."""
    for folder in killed(tmp_path, data, lambda here, disk: branch(night, here / "a.eternal", 3, disk).close(), moment):
        assert (folder / "a.eternal").read_bytes() == data
        for file in folder.glob("a-from-3*.eternal"):
            assert [record.what for record in read_save(file).records] == [
                record.what for record in read_save(folder / "a.eternal").records[:3]
            ]


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_an_ending_is_remembered_or_not_and_none_is_forgotten(over: Game, tmp_path: Path, data: bytes, moment: Moment) -> None:
    """The profile is always whole."""

    def errand(here: Path, disk: Disk) -> None:
        remember(over, here / "profile.json", Seam())
        remember(over, here / "profile.json", disk)

    for folder in killed(tmp_path, data, errand, moment):
        times = read_profile(folder / "profile.json").endings["night"][over.state.scene].times
        assert times in (1, 2)
        assert remember(over, folder / "profile.json", Seam()).endings["night"][over.state.scene].times == times + 1


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_errands_on_a_failing_disk_are_refused_in_one_line(over: Game, tmp_path: Path, data: bytes, error: int) -> None:
    """And leave everything as it was."""
    path = tmp_path / "a.eternal"
    remember(over, tmp_path / "profile.json")
    before, told = (tmp_path / "profile.json").read_bytes(), []
    for at in range(1, 12):
        path.write_bytes(data)
        try:
            rename(path, "b", Failing(at, error, for_ever=True))
        except SaveError as refused:
            told.append(refused.message)
        assert [file.read_bytes() for file in tmp_path.glob("*.eternal")] == [data]
        (tmp_path / "b.eternal").unlink(missing_ok=True)
        with pytest.raises(OSError, match=r"."):
            remember(over, tmp_path / "profile.json", Failing(1, error, for_ever=True))
        assert (tmp_path / "profile.json").read_bytes() == before
    path.write_bytes(data)
    with pytest.raises(SaveError, match="cannot be deleted"):
        delete(path, Failing(1, error, for_ever=True))
    assert path.read_bytes() == data
    assert told
    assert all(message.isprintable() for message in told)


@pytest.mark.parametrize(
    "junk",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"endings":{"\\u001b":{}}}', b'{"endings":{"night":{"../x":{}}}}', b'{"endings":3}', bytes(5_000)],
)
def test_a_damaged_profile_is_kept_and_begun_anew(over: Game, tmp_path: Path, junk: bytes) -> None:
    """Nothing depends on it but déjà vu; whoever can mend it still has it."""
    path = tmp_path / "profile.json"
    path.write_bytes(junk)
    assert read_profile(path) == Profile()
    assert remember(over, path).past("night") == (over.state.scene,)
    assert not junk or (tmp_path / "profile.json.damaged").read_bytes() == junk
    assert read_profile(path).past("night") == (over.state.scene,)


def test_what_was_said_is_remembered_beside_the_endings(over: Game, tmp_path: Path) -> None:
    """Each thing once; an ending forgets nothing of it, and it nothing of the endings."""
    path = tmp_path / "profile.json"
    for name in ("keep", "run", "keep"):
        note_said(name, path)
    remember(over, path)
    note_said("hide", path)
    assert read_profile(path).said == ("keep", "run", "hide")
    assert read_profile(path).past("night") == (over.state.scene,)


def test_a_profile_that_cannot_be_read_is_not_written_over(over: Game, tmp_path: Path) -> None:
    """A disk's error is no reason to forget every ending there was."""
    path = tmp_path / "profile.json"
    remember(over, path)
    before = path.read_bytes()
    for at in range(1, 40):
        disk = Failing(at, errno.EIO, for_ever=False)
        times = read_profile(path).endings["night"][over.state.scene].times
        try:
            remember(over, path, disk)
        except OSError:
            assert read_profile(path).endings["night"][over.state.scene].times in (times, times + 1)
        if not disk.failed:
            break
    assert len(path.read_bytes()) >= len(before)


def test_endings_are_found_under_the_names_they_have_today(over: Game, night: Story, tmp_path: Path) -> None:
    """An ending that the author has renamed since, and said so, is still one that was reached."""
    from msgspec.structs import replace

    profile = remember(over, tmp_path / "profile.json")
    name = over.state.scene
    scenes = {(f"{key}-now" if key == name else key): scene for key, scene in night.scenes.items()}
    scenes[f"{name}-now"] = replace(night.scenes[name], id=f"{name}-now", formerly=(name,))
    renamed = Story(night.header, scenes, night.index, "0" * 32)
    assert set(profile.reached(night)) == {name}
    assert set(profile.reached(renamed)) == {f"{name}-now"}


def test_an_ending_taken_back_and_reached_again_is_one(over: Game, tmp_path: Path) -> None:
    """Who goes a step back from an ending and comes to it again has reached it once."""
    path, game = tmp_path / "profile.json", Game(over.story, seed=over.seed)
    for action in over.actions:
        game.act(action)
    remember(game, path)
    game.rewind()
    game.act(over.actions[-1])
    assert remember(game, path).endings["night"][game.state.scene].times == 1


def test_games_that_end_at_once_are_all_remembered(over: Game, tmp_path: Path) -> None:
    """Eight threads note an ending: it has been reached eight times."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: remember(over, tmp_path / "profile.json", Seam()), range(8)))
    assert read_profile(tmp_path / "profile.json").endings["night"][over.state.scene].times == 8


def ignored(_: object) -> None:
    """Take a result that nobody needs."""


def test_an_ending_reached_as_often_as_can_be_counted_is_still_reached(over: Game, tmp_path: Path) -> None:
    """One time more changes nothing, and the profile stays one."""
    path = tmp_path / "profile.json"
    remember(over, path)
    path.write_bytes(path.read_bytes().replace(b'"times": 1', b'"times": 1000000000'))
    for _ in range(2):
        assert remember(over, path).endings["night"][over.state.scene].times == 1_000_000_000
        assert read_profile(path).past("night") == (over.state.scene,)
    assert not (tmp_path / "profile.json.damaged").exists()


def test_as_much_is_noted_as_said_as_can_be_read_again(tmp_path: Path) -> None:
    """What was said first is said again, some day; the profile stays one."""
    path = tmp_path / "profile.json"
    path.write_bytes(msgspec.json.encode(Profile(said=tuple(f"hint-{number}" for number in range(200)))))
    note_said("hint-200", path)
    assert read_profile(path).said == tuple(f"hint-{number}" for number in range(1, 201))


def test_a_profile_is_written_where_a_link_leads(over: Game, tmp_path: Path) -> None:
    """Though nothing is there yet; the link stays one."""
    path, target = tmp_path / "profile.json", tmp_path / "synced" / "eternal.json"
    path.symlink_to(target)
    for times in (1, 2):
        assert remember(over, path).endings["night"][over.state.scene].times == times
    assert path.is_symlink()
    assert read_profile(target) == read_profile(path) != Profile()
