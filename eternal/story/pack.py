"""Where a story's files are: a folder, or one zip of it that is read in place and never extracted."""

from __future__ import annotations

import contextlib
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from eternal.story.diagnostics import Finding, finding
from eternal.story.reader import MAX_FILE
from eternal.story.safety import FORBIDDEN, clean

__all__ = ["HEADER", "Stamp", "read_pack", "shown_path", "stamps"]

HEADER = "story.yaml"
MAX_FILES = 20_000
MAX_ENTRIES = 20_000
MAX_TOTAL = 200_000_000

#: A file as the file system knows it: name, bytes, modification and change time in nanoseconds, inode.
Stamp = tuple[str, int, int, int, int]


def read_pack(path: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the bytes of every YAML file of a pack, by the name to show for it, `story.yaml` first.

    Args:
        path: a folder with `story.yaml`, or a `.zip` of one.
    """
    try:
        files, findings = _read_zip(path) if path.is_file() and path.suffix == ".zip" else _read_folder(path)
    except OSError as error:
        return {}, [finding("E011", clean(str(path)), problem=f"it cannot be read: {error.strerror or error}")]
    if not findings and not any(PurePosixPath(name).name == HEADER for name in list(files)[:1]):
        findings.append(finding("E011", clean(str(path)), problem=_missing(path)))
    return files, findings


def stamps(path: Path) -> tuple[Stamp, ...]:
    """Return the stamp of every YAML file of a pack, or of the zip itself; nothing if it cannot be read."""
    try:
        names = [path] if path.is_file() else [path / HEADER, *_scene_files(path)]
        return tuple((str(name), s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for name in names for s in (name.stat(),))
    except OSError:
        return ()


def _missing(path: Path) -> str:
    if not path.exists():
        return "there is no such folder or file"
    if path.is_file():
        return "a story is a folder with a story.yaml, or a .zip of one" if path.suffix != ".zip" else "the archive has no story.yaml"
    return "the folder has no story.yaml"


def shown_path(path: Path) -> str:
    """Return how to name a file to a person: from where they stand, if it lies below."""
    with contextlib.suppress(ValueError, OSError):
        path = path.absolute().relative_to(Path.cwd())
    return clean(str(path))


def _scene_files(folder: Path) -> list[Path]:
    header = folder / HEADER
    return [file for file in sorted(folder.rglob("*.yaml")) if file != header and file.is_file() and not _hidden(file, folder)]


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _read_folder(folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    if not (folder / HEADER).is_file():
        return {}, []
    files: dict[str, bytes] = {}
    names = [folder / HEADER, *_scene_files(folder)]
    if len(names) > MAX_FILES:
        return {}, [finding("E011", clean(str(folder)), problem=f"{len(names)} YAML files; a story may have {MAX_FILES}")]
    total = 0
    for file in names:
        with file.open("rb") as source:  # one byte over the limit is enough to know, however large the file is
            data = source.read(MAX_FILE + 1)
        total += len(data)
        if total > MAX_TOTAL:
            return {}, [finding("E011", clean(str(folder)), problem=f"over {MAX_TOTAL} bytes of YAML")]
        files[shown_path(file)] = data
    return files, []


def _read_zip(path: Path) -> tuple[dict[str, bytes], list[Finding]]:
    shown = shown_path(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            problems = list(_zip_problems(entries))
            if problems:
                return {}, [finding("E013", shown, problem=problem) for problem in problems]
            return _zip_files(archive, entries, shown), []
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        return {}, [finding("E013", shown, problem=clean(str(error)).lower() or "it is damaged")]


def _zip_problems(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    """Say what makes an archive unfit, before a byte of it is unpacked."""
    if len(entries) > MAX_ENTRIES:
        yield f"it has {len(entries)} entries; {MAX_ENTRIES} are allowed"
        return
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        parts = PurePosixPath(name).parts
        if name in seen:
            yield f"the name {clean(name)!r} stands in it twice"
        seen.add(name)
        if name.startswith("/") or ".." in parts or "\\" in name or ":" in name or FORBIDDEN.search(name) or len(name) > 300:
            yield f"the name {clean(name)[:80]!r} leads out of it or is malformed"
        elif stat.S_ISLNK(entry.external_attr >> 16):
            yield f"{clean(name)!r} is a link"
        elif entry.flag_bits & 1:
            yield f"{clean(name)!r} is encrypted"
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        yield f"it unpacks to more than {MAX_TOTAL} bytes"


def _zip_files(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], shown: str) -> dict[str, bytes]:
    """Read the YAML entries below the shallowest `story.yaml`, which comes first."""
    names = {e.filename: e for e in entries if e.filename.endswith(".yaml") and not e.is_dir()}
    headers = sorted((name for name in names if PurePosixPath(name).name == HEADER), key=lambda name: (name.count("/"), name))
    if not headers:
        return {}
    root = headers[0][: -len(HEADER)]
    inside = sorted(name for name in names if name.startswith(root) and name != headers[0])
    files = {}
    for name in [headers[0], *inside]:
        with archive.open(names[name]) as source:  # the size an entry claims can lie; what is read is capped
            files[f"{shown}/{name}"] = source.read(MAX_FILE + 1)
    return files
