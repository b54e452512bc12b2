"""Files that look like a part of the story and are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from eternal.story.diagnostics import Finding, finding
from eternal.story.pack import HEADER, shown_path

__all__ = ["unread_files"]

_ID = re.compile(rb"^id:", re.MULTILINE)
#: Bytes of a file that tell whether it is a story's.
_ENOUGH = 100_000


def unread_files(pack: Path) -> Iterator[Finding]:
    """Yield a warning for each file of scenes whose name ends in `.yml`, or in capitals.

    It is said beside errors too: what stands in such a file is missing elsewhere.
    """
    if not any((pack / HEADER).with_suffix(end).is_file() for end in (".yaml", ".yml")):
        return
    for file in sorted(pack.rglob("*")):
        if file.suffix.lower() in (".yml", ".yaml") and file.suffix != ".yaml" and _is_scenes(file, pack):
            yield finding("W118", shown_path(file), hint=f"name it {file.stem}.yaml")


def _is_scenes(file: Path, pack: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(pack).parts)
    if hidden or not file.is_file():
        return False
    try:
        with file.open("rb") as source:
            return bool(_ID.search(source.read(_ENOUGH)))
    except OSError:
        return False
