"""Where a story's files are: a folder, or one zip of it that is read in place and never extracted."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path, PurePosixPath

from eternal.safety import FORBIDDEN, clean_name, name_of
from eternal.story.decoding import MAX_FILE
from eternal.story.diagnostics import Finding, finding

__all__ = ["HEADER", "Stamp", "read_pack", "shown_path", "stamps"]

HEADER = "story.yaml"
MAX_FILES = 20_000
#: Bytes of YAML in a story: about 60,000 scenes.
MAX_TOTAL = 64_000_000

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
        where = Path(os.fsdecode(error.filename)) if error.filename is not None else path
        return {}, [finding("E011", shown_path(where), problem=f"it cannot be read: {error.strerror or error}")]
    if not findings and not any(PurePosixPath(name).name == HEADER for name in list(files)[:1]):
        findings.append(finding("E011", shown_path(path), problem=_missing(path)))
    return files, findings


def stamps(path: Path) -> tuple[Stamp, ...]:
    """Return the stamp of every YAML file of a pack, or of the zip itself; nothing if it cannot be read."""
    try:
        names = [path] if path.is_file() else [path / HEADER, *_scene_files(path)]
        str(path).encode()  # a name that is no text goes into no cache
        return tuple((str(name), s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for name in names for s in (name.stat(),))
    except (OSError, UnicodeEncodeError):
        return ()


def _missing(path: Path) -> str:
    if not path.exists():
        return "there is no such folder or file"
    if path.is_file():
        return "a story is a folder with a story.yaml, or a .zip of one" if path.suffix != ".zip" else "the archive has no story.yaml"
    if not path.is_dir():
        return "it is neither a folder nor a plain file"
    return "story.yaml is no plain file" if os.path.lexists(path / HEADER) else "the folder has no story.yaml"


def shown_path(path: Path) -> str:
    """Return how to name a file to a person: from where they stand, if it lies below."""
    with contextlib.suppress(ValueError, OSError):
        path = path.absolute().relative_to(Path.cwd())
    return clean_name(str(path))


def _scene_files(folder: Path) -> list[Path]:
    """Return the files that hold scenes, sorted; raises OSError for a folder that cannot be looked into."""
    found: list[Path] = []
    for where, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(where, name) for name in names if name.endswith(".yaml") and not name.startswith(".")]
    header = folder / HEADER
    return sorted(file for file in found if file != header)


def _refuse(error: OSError) -> None:
    """Let nothing be passed over: a story without the scenes of one folder would be another story."""
    raise error


def _read_folder(folder: Path) -> tuple[dict[str, bytes], list[Finding]]:
    if not (folder / HEADER).is_file():
        return {}, []
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    names = [folder / HEADER, *_scene_files(folder)]
    if len(names) > MAX_FILES:
        return {}, [finding("E011", shown_path(folder), problem=f"{len(names)} YAML files; a story may have {MAX_FILES}")]
    total = 0
    for file in names:
        problem, data = _read_file(file)
        if problem:
            findings.append(finding("E011", shown_path(file), problem=problem))
        total += len(data)
        if total > MAX_TOTAL:
            return {}, [finding("E011", shown_path(folder), problem=f"over {MAX_TOTAL} bytes of YAML")]
        files[shown_path(file)] = data
    return files, findings


def _read_file(file: Path) -> tuple[str, bytes]:
    """Return what keeps a file from being read, and its bytes."""
    bad = FORBIDDEN.search(str(file.name))
    if bad:
        return f"its name has the character {name_of(bad.group())}, which is not allowed", b""
    if not file.is_file():
        return "it is no plain file", b""
    try:
        with file.open("rb") as source:  # one byte over the limit is enough to know, however large the file is
            return "", source.read(MAX_FILE + 1)
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}", b""


def _read_zip(path: Path) -> tuple[dict[str, bytes], list[Finding]]:
    from eternal.story.archive import ArchiveError, read_archive  # a folder never pays for it

    shown = shown_path(path)
    try:
        files = read_archive(path, HEADER, MAX_FILE + 1, MAX_TOTAL)
    except ArchiveError as error:
        return {}, [finding("E013", shown, problem=problem) for problem in error.problems]
    return {f"{shown}/{name}": data for name, data in files.items()}, []
