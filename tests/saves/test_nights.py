"""The folder of nights: what is listed, what is continued, what things are called."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from eternal.locations import saves_folder, shelf_file
from eternal.saves.copies import copy_of
from eternal.saves.errors import SaveError
from eternal.saves.folder import check_folder, find, find_own, free_path, rename
from eternal.saves.nights import latest, nights, read_night
from eternal.saves.replay import verify
from eternal.saves.save import Save
from eternal.story.story import Story
from tests.saves.nights import journal, random_night


def repr_short(name: str) -> str:
    """Name a test after a name, however long."""
    return repr(name[:20])


COPIES = {
    "night-1.sync-conflict-20260214-031200-ABCDEFG": "night-1",
    "night-1 (1)": "night-1",
    "night-1(2)": "night-1",
    "night-1 (conflicted copy 2026-02-14 031200)": "night-1",
    "night-1 (Joel's conflicted copy 2026-02-14)": "night-1",
    "night-1_conflict-20260214-031200": "night-1",
    "night-1 (copy)": "night-1",
    "night-1 (another copy)": "night-1",
    "night-1 (3rd copy)": "night-1",
    "night-1 - Copy": "night-1",
    "night-1 - Copy (2)": "night-1",
    "night-1 copy": "night-1",
    "night-1 copy 3": "night-1",
    "the long night (1)": "the long night",
}


@pytest.mark.parametrize(("name", "original"), COPIES.items())
def test_copies_are_known_by_their_names(name: str, original: str) -> None:
    """Sync services and file managers each have a way to name a second one."""
    assert copy_of(name) == original


@pytest.mark.parametrize("name", ["night-1", "night-12", "photocopy", "the copyist", "night (with her)", "copy", "(1)"])
def test_names_that_only_look_like_it_are_no_copies(name: str) -> None:
    """A player's own name is left alone."""
    assert copy_of(name) == ""


def put(folder: Path, name: str, data: bytes, age: int) -> Path:
    """Write a file that is so many seconds old."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.eternal"
    path.write_bytes(data)
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_copies_are_listed_as_what_they_are_and_not_continued(night: Story) -> None:
    """The original is continued, though a sync service wrote its copy later."""
    data = journal(random_night(night, 1, actions=3))
    put(saves_folder(), "night-1", data, age=60)
    put(saves_folder(), "night-1.sync-conflict-20260214-031200-ABCDEFG", data, age=1)
    first, second = nights(night)
    assert (first.is_copy, first.copy_of, second.is_copy) == (True, "night-1", False)
    found = latest(night)
    assert found is not None
    assert found.name == "night-1"
    rename(found.path, "elsewhere (1)")
    again = latest(night)
    assert again is not None
    assert again.is_copy


def test_a_list_says_where_each_night_stands(night: Story, cloak: Story) -> None:
    """Nights of this story with scene, hour and ending, of others with what their file says, and what cannot be read with why."""
    over = random_night(night, 1)
    assert over.is_over
    put(saves_folder(), "ended", journal(over), age=1)
    put(saves_folder(), "begun", journal(random_night(night, 2, actions=1)), age=2)
    put(saves_folder(), "other", journal(random_night(cloak, 3, actions=2)), age=3)
    put(saves_folder(), "broken", b"what is this\n", age=4)
    for _ in range(2):  # once played, once remembered
        ended, begun, other, broken = nights(night)
        assert (ended.at.ending, ended.at.actions, ended.at.problem) == (over.state.scene, len(over.actions), "")
        assert (begun.name, begun.at.actions, begun.at.ending) == ("begun", 1, "")
        assert (other.at.story, other.at.ending, other.at.problem) == ("cloak", "", "")
        assert "no save of Eternal" in broken.at.problem
    assert latest(night) == begun


def test_what_is_remembered_of_a_night_goes_with_its_file_and_story(night: Story, tmp_path: Path) -> None:
    """A night that was played on, an edited story, a damaged memory: the list is always right."""
    with Save.create(night, saves_folder() / "night-1.eternal") as save:
        assert nights(night)[0].at.actions == 0
        save.game.choose("all")
        assert nights(night)[0].at.actions == 1
    for junk in (b"", b"junk", b"\x00" * 500, shelf_file().read_bytes()[:-3]):
        shelf_file().write_bytes(junk)
        assert nights(night)[0].at.scene == "The river"
    shelf_file().unlink()
    shelf_file().mkdir()
    assert nights(night)[0].at.scene == "The river"
    assert nights(night, tmp_path / "nowhere") == []


def test_remembering_spares_playing_again(night: Story) -> None:
    """The second list opens no save."""
    from tests.saves.faults import Seam

    for seed in range(5):
        put(saves_folder(), f"night-{seed}", journal(random_night(night, seed)), age=seed)
    first, second = Seam(), Seam()
    assert nights(night, disk=first) == nights(night, disk=second)
    assert (first.calls.count("read"), second.calls.count("read")) == (6, 1)


def test_free_names_count_on(tmp_path: Path) -> None:
    """After the highest number there is, whatever else is in the folder."""
    assert free_path(tmp_path / "nowhere").name == "night-1.eternal"
    for name in ("night-3.eternal", "night-9.eternal.damaged", "night-x.eternal", "mine.eternal"):
        (tmp_path / name).touch()
    assert free_path(tmp_path).name == "night-10.eternal"


@pytest.mark.parametrize("name", ["../../no/thing", "/dev/zero", "a" * 5_000, "nul\x00", "..", "", "\x1b[2J"], ids=repr_short)
def test_what_is_no_name_of_a_save_finds_none(name: str) -> None:
    """One line, without what a terminal would obey."""
    with pytest.raises(SaveError, match="there is no save") as caught:
        find(name)
    assert "\x1b" not in caught.value.message
    assert len(caught.value.message) < 300


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "a\\b", "a\nb", "x" * 121, "\x1b", "a:b", "   "], ids=repr_short)
def test_names_that_would_lead_elsewhere_are_refused(night: Story, tmp_path: Path, name: str) -> None:
    """A night stays in its folder."""
    Save.create(night, tmp_path / "a.eternal").close()
    with pytest.raises(SaveError, match="a night's name"):
        rename(tmp_path / "a.eternal", name)


def test_a_pipe_or_a_device_is_refused_and_never_waited_for(tmp_path: Path, night: Story) -> None:
    """A FIFO nobody writes to, a device without end, a folder."""
    os.mkfifo(tmp_path / "pipe.eternal")
    (tmp_path / "folder.eternal").mkdir()
    for path in (tmp_path / "pipe.eternal", tmp_path / "folder.eternal", Path("/dev/zero"), tmp_path / "nothing.eternal"):
        with pytest.raises(SaveError, match="cannot be read"):
            Save.open(path, night)
        assert read_night(path, night).at.problem


def test_a_name_that_is_no_text_spoils_no_list(night: Story) -> None:
    """Bytes that are no UTF-8: the night is listed like the others, each time anew, and they are remembered."""
    data = journal(random_night(night, 1, actions=2))
    put(saves_folder(), "plain", data, age=2)
    put(saves_folder(), os.fsdecode(b"b\xff"), data, age=1)
    for _ in range(2):
        assert [(found.name, found.at.actions) for found in nights(night)] == [("b\ufffd", 2), ("plain", 2)]
    assert b"plain" in shelf_file().read_bytes()


def test_a_name_with_a_line_break_is_one_line(night: Story) -> None:
    """No name can look like the line of another night."""
    path = put(saves_folder(), "x\nnight-9  ended: a lie", journal(random_night(night, 1, actions=2)), age=1)
    assert nights(night)[0].name == "x\ufffdnight-9  ended: a lie"
    assert "\n" not in verify(path, night).message


def test_a_folder_that_cannot_be_read_is_not_an_empty_one(night: Story) -> None:
    """One that is not there yet is; what stands in its place is said."""
    check_folder()
    saves_folder().parent.mkdir()
    saves_folder().write_text("a file")
    assert nights(night) == []
    with pytest.raises(SaveError, match="saves cannot be read"):
        check_folder()
    with pytest.raises(SaveError, match="saves cannot be read"):
        find("night-1")


def test_a_night_of_the_folder_goes_before_a_file_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, night: Story) -> None:
    """With or without its ending; a path with a separator means the file."""
    monkeypatch.chdir(tmp_path)
    data = journal(random_night(night, 1, actions=2))
    theirs, here = put(saves_folder(), "night-1", data, age=1), put(tmp_path, "night-1", data, age=1)
    for search in (find, find_own):
        assert search("night-1.eternal") == search("night-1") == theirs
        assert search("./night-1.eternal") == Path("night-1.eternal")
        assert search(str(here)) == here


def test_what_is_no_save_is_neither_renamed_nor_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, night: Story) -> None:
    """A text, a save by another name, a text by the name of a save; a night of the folder may be as damaged as it likes."""
    monkeypatch.chdir(tmp_path)
    data = journal(random_night(night, 1, actions=2))
    (tmp_path / "thesis.txt").write_text("three years of work")
    (tmp_path / "night.json").write_bytes(data)
    put(tmp_path, "poem", b"roses are red\n", age=1)
    for name in ("thesis.txt", "night.json", "poem.eternal", "./poem.eternal", str(tmp_path / "poem.eternal")):
        assert find(name)
        with pytest.raises(SaveError, match="is no save of Eternal; it is left alone"):
            find_own(name)
    damaged = put(saves_folder(), "broken", b"what is this\n", age=1)
    assert find_own("broken") == damaged
    monkeypatch.chdir(saves_folder())
    assert find_own("./broken.eternal") == Path("broken.eternal")
    monkeypatch.chdir(tmp_path)
    assert find_own(str(put(tmp_path, "late", data.replace(b'"n":1', b'"n":7'), age=1)))


def test_a_night_can_be_given_the_name_it_has(tmp_path: Path, night: Story) -> None:
    """Nothing happens, and nobody is said to be playing it."""
    path = put(tmp_path, "me", journal(random_night(night, 1, actions=2)), age=1)
    assert rename(path, "me") == rename(path, "me.eternal") == path
    assert [file.name for file in tmp_path.iterdir()] == ["me.eternal"]
