"""A small complete story to begin with: it plays, passes the checks, and its comments teach the format."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from eternal.errors import EternalError
from eternal.safety import clean_name
from eternal.story.schema import ID_PATTERN

__all__ = ["FolderInUse", "write_pack"]

#: The id that the template has, and what takes its place if the folder's name gives none.
_ID, _FALLBACK = "a-small-night", "my-story"


class FolderInUse(EternalError):
    """The folder holds something already, or is none; nothing has been written."""

    title = "This folder cannot be used"


def write_pack(folder: Path) -> list[Path]:
    """Write a new pack and return its files.

    Args:
        folder: where; it is made, and must be empty if it is there. Its name becomes the story's id.

    Raises:
        FolderInUse: there is something in it already.
        EternalError: it cannot be written.
    """
    shown = clean_name(str(folder))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderInUse(f"{shown} is not an empty folder; a new story needs one of its own")
        return _write(files("eternal.author") / "templates" / "pack", folder, _id_of(folder))
    except OSError as error:
        raise EternalError(f"{shown} cannot be written: {(error.strerror or str(error)).lower()}") from None


def _write(template: Traversable, folder: Path, name: str) -> list[Path]:
    written = _copy(template, folder, name)
    from eternal.author.schema import json_schema

    schema = folder / "schema.json"
    schema.write_text(json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*written, schema]


def _copy(source: Traversable, target: Path, name: str) -> list[Path]:
    target.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for item in sorted(source.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            written += _copy(item, target / item.name, name)
        else:
            file = target / item.name
            file.write_text(_named(item.read_text(encoding="utf-8"), name), encoding="utf-8", newline="\n")
            written.append(file)
    return written


def _named(text: str, name: str) -> str:
    """Give the story its own id, keeping the comment beside it in its column."""
    return re.sub(rf"^id: {_ID} *", lambda found: f"id: {name}".ljust(len(found.group()) - 1) + " ", text, count=1, flags=re.MULTILINE)


def _id_of(folder: Path) -> str:
    """Return an id made of the folder's name: lower-case words joined by hyphens."""
    words = re.findall(r"[a-z0-9]+", folder.absolute().name.lower())
    name = "-".join(words)[:60].strip("-")
    return name if re.match(ID_PATTERN, name) else _FALLBACK
