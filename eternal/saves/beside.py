"""What opening a save takes out of it, kept beside it and said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from eternal.safety import clean_name
from eternal.saves.disk import Disk
from eternal.saves.fold import Folded
from eternal.saves.format import FORMAT, MAX_BYTES, Parsed
from eternal.speech import _

__all__ = ["keep", "left_as_it_is", "name_beside", "notices"]


def name_beside(path: Path, parsed: Parsed) -> Path:
    """Return what to call a save as it was: `.damaged`, or after the story or the format it is of."""
    ending = "damaged" if parsed.torn else parsed.header.digest[:6] if parsed.format == FORMAT else f"format-{parsed.format}"
    return path.with_name(f"{path.name}.{ending}")


def keep(path: Path, data: bytes, disk: Disk) -> Path:
    """Keep what a save was under a name, or that with a number, and return it.

    If the name has exactly this already (opening the save was interrupted before), nothing is written.

    Raises:
        OSError: it cannot be kept.
    """
    kept = path
    for number in count(2):
        if not disk.exists(kept):
            disk.write_file(kept, data)
            return kept
        if _has(kept, data, disk):
            return kept
        kept = path.with_name(f"{path.name}.{number}")
    raise AssertionError


def _has(path: Path, data: bytes, disk: Disk) -> bool:
    try:
        return disk.read(path, MAX_BYTES + 1) == data
    except OSError:
        return False


def left_as_it_is(path: Path, parsed: Parsed) -> Iterator[str]:
    """Say what is damaged where the disk keeps it from being mended: nothing has been cut off or carried over yet."""
    name = clean_name(path.name)
    if parsed.torn:
        yield _("the last {count} bytes of {name} are damaged and are left out").format(count=parsed.torn, name=name)
    yield _("{name} itself stays as it is until it can be written").format(name=name)


def notices(path: Path, parsed: Parsed, folded: Folded, kept: Path | None) -> Iterator[str]:
    """Say what was cut off, and what a night was carried over from."""
    name, where = clean_name(path.name), "; " + _("{name} keeps what it was").format(name=clean_name(kept.name)) if kept else ""
    if parsed.torn:
        yield _("the last {count} bytes of {name} are damaged and have been cut off").format(count=parsed.torn, name=name) + where
        where = ""
    if parsed.format != FORMAT:
        yield _("{name} has been brought to the format of today").format(name=name) + where
    elif not folded.same_story:
        yield _("the story has changed since this night was saved; it has been carried over") + where
    elif folded.diverged is not None:
        said = _("from step {number} on this night goes another way than it did; it has been carried over")
        yield said.format(number=folded.diverged) + where
