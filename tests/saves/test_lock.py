"""One player on a save at a time: who holds it, what a dead one leaves, and systems without locks."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from eternal.saves.disk import Disk
from eternal.saves.errors import SaveError, SaveLocked
from eternal.saves.folder import delete, rename
from eternal.saves.lock import Lock
from eternal.saves.save import Save
from eternal.story.story import Story
from tests.conftest import PACKS

HERE = os.uname().nodename


class Lockless(Disk):
    """A file system that has no locks, as some that reach over a network."""

    def lock(self, descriptor: int) -> bool:
        del descriptor
        raise OSError(errno.ENOLCK, "no locks available")


def dead_process() -> int:
    """Return the number of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@pytest.mark.parametrize("disk", [Disk(), Lockless()], ids=["locks", "no locks"])
def test_a_second_player_is_told_who_holds_the_save(tmp_path: Path, disk: Disk) -> None:
    """The process and the machine."""
    path = tmp_path / "a.eternal"
    first = Lock(path, disk)
    with pytest.raises(SaveLocked, match=rf"a\.eternal is being played by process {os.getpid()} on {HERE}"):
        Lock(path, disk)
    first.release()
    Lock(path, disk).release()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("disk", [Disk(), Lockless()], ids=["locks", "no locks"])
@pytest.mark.parametrize(
    "left",
    ["process {dead} on {here}\n", "", "process {dead} o", "\0" * 40],
    ids=["a dead process", "nothing", "half a line", "zeros"],
)
def test_a_stale_lock_is_taken_over(tmp_path: Path, disk: Disk, left: str) -> None:
    """Whatever a dead process, or a machine whose power went, left in the file."""
    path = tmp_path / "a.eternal"
    lock_file = tmp_path / "a.eternal.lock"
    lock_file.write_text(left.format(dead=dead_process(), here=HERE))
    lock = Lock(path, disk)
    assert lock_file.read_bytes().split(b"\n")[0].decode() == f"process {os.getpid()} on {HERE}"
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_has_the_name_of_the_lock_is_left_alone(tmp_path: Path) -> None:
    """Somebody's words: they lock as well as any file, but are never written over nor taken away."""
    path, theirs = tmp_path / "a.eternal", tmp_path / "a.eternal.lock"
    theirs.write_text("the combination of the safe is 12-34\n")
    lock = Lock(path)
    with pytest.raises(SaveLocked, match=r"a\.eternal is being played by another process"):
        Lock(path)
    lock.release()
    with pytest.raises(FileExistsError, match="something else"):
        Lock(path, Lockless())
    assert theirs.read_text() == "the combination of the safe is 12-34\n"


def test_a_link_or_a_pipe_in_the_place_of_the_lock_is_refused(night: Story, tmp_path: Path) -> None:
    """What it leads to stays as it is; the night is played, and the player is told why it is not saved."""
    path, lock, precious = tmp_path / "a.eternal", tmp_path / "a.eternal.lock", tmp_path / "precious"
    Save.create(night, path).close()
    precious.touch()
    lock.symlink_to(precious)
    with pytest.raises(SaveError, match="cannot be renamed: there is a link where its file should be"):
        rename(path, "b")
    with Save.open(path, night) as save:
        save.game.choose("all")
        assert save.trouble == "this night is not being saved: there is a link where its file should be"
    assert precious.read_bytes() == b""
    lock.unlink()
    os.mkfifo(lock)
    with pytest.raises(SaveError, match="cannot be deleted: that is no file"):
        delete(path)
    assert path.exists()


def test_a_lock_that_was_put_in_place_of_ours_is_not_taken_away(tmp_path: Path) -> None:
    """Letting go takes away the file that was locked, not whatever has its name by then."""
    lock, file = Lock(tmp_path / "a.eternal"), tmp_path / "a.eternal.lock"
    file.unlink()
    file.write_text("process 7 on elsewhere\n")
    lock.release()
    assert file.read_text() == "process 7 on elsewhere\n"


def test_without_locks_another_machine_is_believed(tmp_path: Path) -> None:
    """Nobody can tell here whether it still plays: the message says what to do if it does not."""
    (tmp_path / "a.eternal.lock").write_text("process 7 on elsewhere\n")
    with pytest.raises(SaveLocked, match=r"by process 7 on elsewhere \(if it is not, delete a\.eternal\.lock\)"):
        Lock(tmp_path / "a.eternal", Lockless())
    Lock(tmp_path / "a.eternal").release()


def test_a_night_is_played_and_saved_without_locks(night: Story, tmp_path: Path) -> None:
    """The file system has none: that is no reason not to save."""
    path = tmp_path / "a.eternal"
    with Save.create(night, path, disk=Lockless()) as save:
        save.game.choose("all")
        with pytest.raises(SaveLocked):
            Save.open(path, night, disk=Lockless())
    with Save.open(path, night, disk=Lockless()) as save:
        assert save.trouble is None
        assert len(save.game.actions) == 1


def test_a_night_that_is_played_is_neither_renamed_nor_deleted(night: Story, tmp_path: Path) -> None:
    """And once it is not, it is."""
    path = tmp_path / "a.eternal"
    with Save.create(night, path):
        with pytest.raises(SaveLocked, match="is being played"):
            rename(path, "b")
        with pytest.raises(SaveLocked, match="is being played"):
            delete(path)
    assert rename(path, "b") == tmp_path / "b.eternal"
    with Save.create(night, tmp_path / "c.eternal"), pytest.raises(SaveError):
        rename(tmp_path / "b.eternal", "c")
    delete(tmp_path / "b.eternal")
    assert [file.name for file in tmp_path.iterdir()] == ["c.eternal"]


def test_a_new_night_never_takes_the_place_of_another(night: Story, tmp_path: Path) -> None:
    """The path it was given has a night, being played or not: it gets the next free name, and says so."""
    paths = []
    with Save.create(night, tmp_path / "night-1.eternal") as first:
        for _ in range(3):
            with Save.create(night, tmp_path / "night-1.eternal", seed=5) as save:
                paths.append(save.path)
                assert save.notices == [f"night-1.eternal is another night; this one is kept as {save.path.name}"]  # type: ignore[union-attr]
        first.game.choose("all")
        assert first.trouble is None
    assert paths == [tmp_path / f"night-{number}.eternal" for number in (2, 3, 4)]


def test_games_that_begin_at_once_get_names_of_their_own(night: Story) -> None:
    """Eight processes ask for a free name at the same moment."""
    code = (
        "import sys; from eternal import Save, load; from eternal.saves.nights import free_path\n"
        f"story = load({str(PACKS / 'night')!r}); print('ready', flush=True); sys.stdin.readline()\n"
        "save = Save.create(story, free_path(), seed=int(sys.argv[1])); save.game.choose('all'); save.close(); print(save.path)"
    )
    playing = [
        subprocess.Popen([sys.executable, "-c", code, str(seed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for seed in range(8)
    ]
    for process in playing:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in playing:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    found = [Path(process.communicate()[0].strip()) for process in playing]
    assert len(set(found)) == 8
    for seed, path in enumerate(found):
        with Save.open(path, night) as save:
            assert (save.game.seed, len(save.game.actions)) == (seed, 1)


def test_saves_work_on_a_system_that_has_neither_flock_nor_folders_to_sync(tmp_path: Path) -> None:
    """What Windows lacks is taken away: a night is begun, locked, played, closed and opened."""
    code = (
        "import os, sys; sys.modules['fcntl'] = None\n"
        "for name in ('O_DIRECTORY', 'O_NONBLOCK', 'O_CLOEXEC'): delattr(os, name)\n"
        "from pathlib import Path; from eternal import Save, load; from eternal.saves.errors import SaveLocked\n"
        f"story = load({str(PACKS / 'night')!r}); path = Path({str(tmp_path)!r}, 'a.eternal')\n"
        "save = Save.create(story, path); save.game.choose('all'); print(save.trouble); save.close()\n"
        "with Save.open(path, story) as save: print(len(save.game.actions), save.notices)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("None\n1 []\n", "")
