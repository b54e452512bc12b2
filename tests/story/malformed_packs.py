"""Folders and archives that must not hurt: each is made in a folder, with the code that it has to be refused with."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.story.malformed import GOOD, SCENE, Build, Case

__all__ = ["PACKS"]

PACKS: dict[str, Case] = {}


def _made(code: str) -> Callable[[Build], Build]:
    def add(build: Build) -> Build:
        PACKS[build.__name__.removeprefix("_").replace("_", "-")] = Case(code, build)
        return build

    return add


@_made("E011")
def _no_such_folder(folder: Path) -> Path:
    return folder / "nowhere"


@_made("E011")
def _no_story_in_the_folder(folder: Path) -> Path:
    (folder / "scenes.yaml").write_text(SCENE)
    return folder


@_made("E011")
def _not_a_story_file(folder: Path) -> Path:
    (folder / "story.txt").write_text(GOOD)
    return folder / "story.txt"


@_made("E011")
def _a_directory_named_story(folder: Path) -> Path:
    (folder / "story.yaml").mkdir()
    return folder


@_made("E011")
def _a_pipe_named_story(folder: Path) -> Path:
    os.mkfifo(folder / "story.yaml")
    return folder


@_made("E011")
def _a_pipe_among_the_scenes(folder: Path) -> Path:
    (folder / "story.yaml").write_text(GOOD)
    os.mkfifo(folder / "more.yaml")
    return folder


@_made("E011")
def _a_device(folder: Path) -> Path:
    (folder / "story.yaml").symlink_to("/dev/zero")
    return folder


@_made("E011")
def _the_device_itself(folder: Path) -> Path:
    del folder
    return Path("/dev/zero")


@_made("E011")
def _a_link_in_a_ring(folder: Path) -> Path:
    (folder / "story.yaml").write_text(GOOD)
    (folder / "ring.yaml").symlink_to(folder / "ring.yaml")
    return folder


@_made("E011")
def _an_unreadable_file(folder: Path) -> Path:
    (folder / "story.yaml").write_text(GOOD)
    (folder / "secret.yaml").symlink_to("/proc/self/mem")  # a plain file whose first byte nobody may read, not even root
    return folder


@_made("E011")
def _a_name_with_an_escape(folder: Path) -> Path:
    (folder / "story.yaml").write_text(GOOD)
    (folder / "a\x1b[2Jb.yaml").write_text(SCENE)
    return folder


def _zip(folder: Path, entries: list[tuple[str | zipfile.ZipInfo, str | bytes]], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "story.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


@_made("E013")
def _zip_of_nothing(folder: Path) -> Path:
    (folder / "story.zip").write_bytes(b"")
    return folder / "story.zip"


@_made("E013")
def _zip_of_noise(folder: Path) -> Path:
    (folder / "story.zip").write_bytes(bytes((n * 7919 + 13) % 256 for n in range(50_000)))
    return folder / "story.zip"


@_made("E011")
def _zip_without_story(folder: Path) -> Path:
    return _zip(folder, [("scenes.yaml", SCENE)])


@_made("E013")
def _zip_cut_in_half(folder: Path) -> Path:
    path = _zip(folder, [("story.yaml", GOOD * 100)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


@_made("E013")
def _zip_with_a_way_out(folder: Path) -> Path:
    return _zip(folder, [("story.yaml", GOOD), ("../outside.yaml", SCENE)])


@_made("E013")
def _zip_with_an_absolute_name(folder: Path) -> Path:
    return _zip(folder, [("story.yaml", GOOD), ("/etc/outside.yaml", SCENE)])


@_made("E013")
def _zip_with_a_backslash(folder: Path) -> Path:
    return _zip(folder, [("story.yaml", GOOD), ("..\\outside.yaml", SCENE)])


@_made("E013")
def _zip_with_a_link(folder: Path) -> Path:
    entry = zipfile.ZipInfo("passwd.yaml")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _zip(folder, [("story.yaml", GOOD), (entry, "/etc/passwd")])


@_made("E013")
def _zip_with_a_name_twice(folder: Path) -> Path:
    path = _zip(folder, [("story.yaml", GOOD), ("storz.yaml", GOOD)])
    path.write_bytes(path.read_bytes().replace(b"storz.yaml", b"story.yaml"))
    return path


@_made("E013")
def _zip_with_a_control_character(folder: Path) -> Path:
    return _zip(folder, [("story.yaml", GOOD), ("a\x1b[2Jb.yaml", SCENE)])


@_made("E013")
def _zip_encrypted(folder: Path) -> Path:
    path = _zip(folder, [("story.yaml", GOOD)])
    data = bytearray(path.read_bytes())
    data[6] |= 1  # in the entry itself, and in the directory at the end
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    return path


@_made("E013")
def _zip_bomb(folder: Path) -> Path:
    return _zip(folder, [("story.yaml", GOOD), *((f"b{n}.yaml", b"#" * 990_000) for n in range(150))])


@_made("E013")
def _zip_bomb_of_bzip2(folder: Path) -> Path:
    return _zip(folder, [("story.yaml", GOOD), *((f"b{n}.yaml", b"#" * 990_000) for n in range(5))], zipfile.ZIP_BZIP2)


@_made("E013")
def _zip_with_lzma(folder: Path) -> Path:
    path = _zip(folder, [("story.yaml", GOOD)], zipfile.ZIP_LZMA)
    data = bytearray(path.read_bytes())
    start = 30 + len("story.yaml")
    data[start + 5 : start + 9] = b"\xff\xff\xff\xff"  # a dictionary of 4 GB
    path.write_bytes(data)
    return path


@_made("E002")
def _zip_with_a_large_entry(folder: Path) -> Path:
    return _zip(folder, [("story.yaml", GOOD + "# padding\n" * 100_001)])


@_made("E013")
def _zip_that_lies_about_sizes(folder: Path) -> Path:
    path = _zip(folder, [("story.yaml", GOOD + "# padding\n" * 50_000)])
    data = bytearray(path.read_bytes())
    directory = data.index(b"PK\x01\x02")
    for at in (22, directory + 24):
        data[at : at + 4] = struct.pack("<I", len(GOOD))
    path.write_bytes(data)
    return path


@_made("E013")
def _zip_with_overlapping_entries(folder: Path) -> Path:
    path = _zip(folder, [("story.yaml", GOOD), ("more.yaml", SCENE)])
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    path.write_bytes(data)
    return path


@_made("E013")
def _zip_with_many_entries(folder: Path) -> Path:
    path = folder / "story.zip"
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0)
    directory = b"".join(entry + b"%06d" % n for n in range(300_000))
    path.write_bytes(directory + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 65_535, 65_535, len(directory), 0, 0))
    return path


@_made("E013")
def _zip_64_hiding_many_entries(folder: Path) -> Path:
    path = folder / "story.zip"
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0)
    directory = b"".join(entry + b"%06d" % n for n in range(300_000))
    end64 = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 300_000, 300_000, len(directory), 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(directory), 1)
    path.write_bytes(directory + end64 + locator + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, 50, 0, 0))
    return path
