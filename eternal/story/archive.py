"""A story in one zip: looked over before a byte is unpacked, read in place, never extracted."""

from __future__ import annotations

import errno
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from eternal.safety import FORBIDDEN, clean

__all__ = ["UNREADABLE", "ArchiveError", "read_archive"]

#: What reading a stranger's archive can raise beside OSError.
UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, struct.error)

MAX_ENTRIES = 20_000
#: Bytes of the list of entries at an archive's end.
MAX_DIRECTORY = 2_000_000
MAX_NAME = 300
#: Nothing a person writes shrinks to less than a hundredth; what does, beyond a megabyte or so, is a bomb.
MAX_RATIO, SMALL = 100, 2_000_000

_END = struct.Struct("<4s8xIIH")  # the record at the very end: its mark, the directory's bytes and place, the remark's length
_LARGE = b"PK\x06\x07"  # what stands before it in an archive of 4 GB and more


class ArchiveError(Exception):
    """An archive cannot be read as a story; each problem is a sentence without its stop."""

    def __init__(self, *problems: str) -> None:
        """Keep the problems."""
        super().__init__(*problems)
        self.problems = problems


def read_archive(path: Path, header: str, most: int, total: int) -> dict[str, bytes]:
    """Return the bytes of the YAML files below the shallowest `header`, which comes first; nothing if there is none.

    Args:
        path: the archive.
        header: the name of the file that makes a folder a story.
        most: bytes to read of a file at most.
        total: bytes that all files may have together.

    Raises:
        ArchiveError: it is damaged, or not what a story is packed in.
        OSError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            _check_size(file)
            with zipfile.ZipFile(file) as archive:
                entries = archive.infolist()
                problems = tuple(_problems(entries, total))
                if problems:
                    raise ArchiveError(*problems)
                return {entry.filename: _read(archive, entry, most) for entry in _chosen(entries, header)}
    except UNREADABLE as error:
        raise ArchiveError(clean(str(error)).lower() or "it is damaged") from None
    except OSError as error:
        if error.errno != errno.EINVAL:  # that one comes of an entry that claims to begin before the archive does
            raise
        raise ArchiveError("it is damaged") from None


def _check_size(file: BinaryIO) -> None:
    """Refuse an archive whose list of entries alone would fill the memory: `zipfile` reads all of it at once."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - 65_535 - 20))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise ArchiveError("it is no zip file, or its end is missing")
    _, directory, _, _ = _END.unpack_from(tail, at)
    if directory > MAX_DIRECTORY or tail[max(0, at - 20) :].startswith(_LARGE):
        raise ArchiveError(f"it has too many entries; {MAX_ENTRIES} are allowed")
    file.seek(0)


def _problems(entries: list[zipfile.ZipInfo], total: int) -> Iterator[str]:
    """Say what makes an archive unfit, before a byte of it is unpacked."""
    if len(entries) > MAX_ENTRIES:
        yield f"it has {len(entries)} entries; {MAX_ENTRIES} are allowed"
        return
    seen: set[PurePosixPath] = set()
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path in seen:
            yield f"the name {clean(entry.filename)[:80]!r} stands in it twice"
        seen.add(path)
        yield from _entry_problems(entry)
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if unpacked > total:
        yield f"it unpacks to more than {total} bytes"
    elif unpacked > max(SMALL, MAX_RATIO * packed):
        yield f"it unpacks to more than {MAX_RATIO} times its size"


def _entry_problems(entry: zipfile.ZipInfo) -> Iterator[str]:
    name = entry.filename
    shown = clean(name)[:80]
    if name.startswith("/") or ".." in PurePosixPath(name).parts or FORBIDDEN.search(name) or any(c in name for c in "\\:\n"):
        yield f"the name {shown!r} leads out of it or is malformed"
    elif len(name) > MAX_NAME:
        yield f"the name {shown!r} is longer than {MAX_NAME} characters"
    elif stat.S_ISLNK(entry.external_attr >> 16):
        yield f"{shown!r} is a link"
    elif entry.flag_bits & 1:
        yield f"{shown!r} is encrypted"
    elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield f"{shown!r} is packed in a way that only some programs can read; use plain zip"


def _chosen(entries: list[zipfile.ZipInfo], header: str) -> list[zipfile.ZipInfo]:
    """Return the entries of the story in the order that a folder's files have, its header first."""
    paths = {PurePosixPath(e.filename): e for e in entries if e.filename.endswith(".yaml") and not e.is_dir()}
    headers = sorted((path for path in paths if path.name == header and not _hidden(path)), key=lambda path: (len(path.parts), path))
    if not headers:
        return []
    root = headers[0].parent
    inside = sorted(path for path in paths if path.is_relative_to(root) and path != headers[0] and not _hidden(path.relative_to(root)))
    return [paths[path] for path in (headers[0], *inside)]


def _hidden(path: PurePosixPath) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """Read an entry; the size it claims can lie, so what is read is capped."""
    with archive.open(entry) as source:
        return source.read(most)
