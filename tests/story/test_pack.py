"""Packs: a folder and a zip of it are the same story, and what does not belong to it is left alone."""

from __future__ import annotations

import errno
import os
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from eternal.story.archive import ArchiveError, read_archive
from eternal.story.decoding import MAX_FILE
from eternal.story.load import digest_of, examine, load
from eternal.story.pack import HEADER, MAX_FILES, read_pack, shown_path, stamps
from tests.conftest import PACKS
from tests.story.malformed import GOOD

FILES = {
    "story.yaml": GOOD,
    "a-b.yaml": "# one\n",
    "a/b.yaml": "# two\n",
    "a/.hidden.yaml": "not: [read",
    ".git/c.yaml": "not: [read",
    "a.yaml": "# three\n",
    "notes.txt": "not read",
    "a/story.yaml": "# four\n",
    "Z.yaml": "# five\n",
    "é.yaml": "# six\n",
}
ORDER = ["story.yaml", "Z.yaml", "a/b.yaml", "a/story.yaml", "a-b.yaml", "a.yaml", "é.yaml"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files that belong to a story and some that do not."""
    for name, text in FILES.items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / name).write_text(text)
    return tmp_path / "pack"


def zipped(folder: Path, inside: str = "") -> Path:
    """Pack a folder, in no particular order, below a folder of the archive."""
    path = folder.with_suffix(".zip")
    files = [file for file in folder.rglob("*") if file.is_file()]
    random.Random(4).shuffle(files)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, inside + str(file.relative_to(folder)))
    return path


class TestSameStory:
    """A zip is a folder in one file."""

    @pytest.mark.parametrize("inside", ["", "pack/", "deep/er/"])
    def test_the_same_files_in_the_same_order(self, folder: Path, inside: str) -> None:
        """The header first, then by folders and names; hidden files and others are no part of it."""
        files, findings = read_pack(folder)
        assert findings == []
        assert [Path(name).relative_to(shown_path(folder)).as_posix() for name in files] == ORDER
        packed, findings = read_pack(zipped(folder, inside))
        assert findings == []
        assert [name.split(f".zip/{inside}")[1] for name in packed] == ORDER
        assert list(packed.values()) == list(files.values())
        assert digest_of(packed) == digest_of(files)

    @pytest.mark.parametrize("name", ["night", "cloak"])
    def test_real_stories(self, name: str, tmp_path: Path) -> None:
        """The small stories are equal, packed and unpacked: digest, header, scenes, tables."""
        (tmp_path / name).symlink_to(PACKS / name)
        open_, packed = load(PACKS / name, cached=False), load(zipped(tmp_path / name, f"{name}/"), cached=False)
        assert packed.digest == open_.digest
        assert packed.header == open_.header
        assert list(packed.scenes.items()) == list(open_.scenes.items())
        assert packed.index == open_.index

    def test_what_a_mac_adds_is_no_story(self, folder: Path) -> None:
        """Resource forks beside the files are skipped."""
        path = zipped(folder)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("__MACOSX/._story.yaml", b"\x00\x05\x16\x07")
            archive.writestr("__MACOSX/a/._b.yaml", b"\x00\x05\x16\x07")
        assert read_pack(path)[0].keys() == read_pack(zipped(folder))[0].keys()

    def test_the_digest_changes_with_any_byte(self, folder: Path) -> None:
        """And with nothing else: not with where it lies."""
        before = digest_of(read_pack(folder)[0])
        moved = folder.rename(folder.with_name("moved"))
        assert digest_of(read_pack(moved)[0]) == before
        (moved / "a.yaml").write_text("# threE\n")
        assert digest_of(read_pack(moved)[0]) != before


class TestNames:
    """How files are named to a person."""

    def test_from_where_one_stands(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Relative below the working folder, whole elsewhere."""
        monkeypatch.chdir(folder.parent)
        assert shown_path(folder / HEADER) == "pack/story.yaml"
        assert shown_path(Path("pack/story.yaml")) == "pack/story.yaml"
        assert shown_path(Path("/usr/x.yaml")) == "/usr/x.yaml"

    def test_without_control_characters(self) -> None:
        """A name cannot move a cursor."""
        assert "\x1b" not in shown_path(Path("/tmp/a\x1b[2Jb"))


class TestLimits:
    """What a pack may be."""

    def test_one_byte_more_than_allowed_is_read(self, tmp_path: Path) -> None:
        """Enough to know that it is too much, however large the file is."""
        with (tmp_path / HEADER).open("wb") as file:
            file.truncate(1 << 40)
        files, _ = read_pack(tmp_path)
        assert [len(data) for data in files.values()] == [MAX_FILE + 1]

    def test_every_odd_file_is_named(self, folder: Path) -> None:
        """One that cannot be read does not hide the next."""
        (folder / "ring.yaml").symlink_to("ring.yaml")
        (folder / "gone.yaml").symlink_to("nowhere")
        _, findings = read_pack(folder)
        assert [Path(found.file).name for found in findings] == ["gone.yaml", "ring.yaml"]

    def test_a_folder_that_cannot_be_looked_into_is_named(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its scenes are not passed over in silence: that would be another story."""
        scan = os.scandir

        def refusing(path: str) -> Any:
            if str(path).endswith("/a"):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", refusing)
        _, findings = read_pack(folder)
        assert [found.code for found in findings] == ["E011"]
        assert "Permission denied" in findings[0].message
        assert findings[0].file.endswith("/a")
        assert stamps(folder) == ()

    def test_a_folder_with_a_yaml_name_is_a_folder(self, folder: Path) -> None:
        """What is in it is read."""
        (folder / "more.yaml").mkdir()
        (folder / "more.yaml" / "d.yaml").write_text("# seven\n")
        files, findings = read_pack(folder)
        assert findings == []
        assert any(name.endswith("more.yaml/d.yaml") for name in files)

    def test_too_many_files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """They are counted before any is read."""
        monkeypatch.setattr("eternal.story.pack.MAX_FILES", 2)
        assert MAX_FILES > 2
        for name in ("story.yaml", "a.yaml", "b.yaml"):
            (tmp_path / name).write_text("x")
        files, (found,) = read_pack(tmp_path)
        assert files == {}
        assert "3 YAML files" in found.message

    def test_too_many_bytes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Reading stops where the sum is passed."""
        monkeypatch.setattr("eternal.story.pack.MAX_TOTAL", 5)
        for name in ("story.yaml", "a.yaml"):
            (tmp_path / name).write_text("abc")
        files, (found,) = read_pack(tmp_path)
        assert files == {}
        assert "over 5 bytes" in found.message


class TestStamps:
    """What tells that a pack has changed without reading it."""

    def test_they_change_with_files(self, folder: Path) -> None:
        """Written, added, removed."""
        seen = {stamps(folder)}
        (folder / "a.yaml").write_text("# changed\n")
        seen.add(stamps(folder))
        (folder / "new.yaml").write_text("# new\n")
        seen.add(stamps(folder))
        (folder / "new.yaml").unlink()
        (folder / "a.yaml").unlink()
        seen.add(stamps(folder))
        assert len(seen) == 4

    def test_what_cannot_be_read_has_none(self, tmp_path: Path) -> None:
        """So nothing is ever cached for it."""
        assert stamps(tmp_path / "nowhere") == ()
        assert stamps(tmp_path) == ()


class TestDamage:
    """Archives with wrong bytes."""

    def test_any_changed_byte_is_a_story_or_an_archive_error(self, tmp_path: Path) -> None:
        """A thousand damaged archives: each is read, or refused in words; nothing else comes of them."""
        path = tmp_path / "story.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("story.yaml", GOOD * 3)
            archive.writestr("more/scenes.yaml", GOOD, zipfile.ZIP_STORED)
        whole = path.read_bytes()
        chance = random.Random(7)
        refused = 0
        for _ in range(1_000):
            data = bytearray(whole)
            for _ in range(chance.choice([1, 1, 2, 8])):
                data[chance.randrange(len(data))] = chance.randrange(256)
            path.write_bytes(data[: chance.choice([len(data), len(data), chance.randrange(len(data))])])
            try:
                read_archive(path, HEADER, MAX_FILE, MAX_FILE)
            except ArchiveError as error:
                refused += 1
                assert all(problem and problem.isprintable() for problem in error.problems)
        assert refused > 300

    def test_several_problems_are_all_named(self, tmp_path: Path) -> None:
        """An archive is looked over to its end."""
        path = tmp_path / "story.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name in ("../a.yaml", "/b.yaml", "c\\d.yaml", "story.yaml"):
                archive.writestr(name, GOOD)
        assert [d.code for d in examine(path).diagnostics] == ["E013"] * 3
