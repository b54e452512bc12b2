"""A night for other people: a transcript to read, a film of the terminal, a picture for the wall."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from eternal.errors import EternalError
from eternal.safety import clean_name
from eternal.saves.disk import DISK, Disk, explain, real
from eternal.saves.save import folded_save
from eternal.speech import mark
from eternal.story.story import Story

if TYPE_CHECKING:
    from eternal.saves.export.telling import Telling

__all__ = ["ENDINGS", "ExportError", "export"]


class ExportError(EternalError):
    """A night cannot be exported so; the message says why."""

    title = "This cannot be exported"


def export(path: Path, story: Story, target: Path, *, until: int | None = None, locale: str | None = None, disk: Disk = DISK) -> str:
    """Write a night as a file whose ending says what it is: `.md`, `.html`, `.cast` or `.svg`.

    The save is only read. Where the story no longer allows a step, the night is told up to there.

    Args:
        path: the save.
        story: the story it is a night of, perhaps edited since.
        target: the file to write; one that is there is written over.
        until: tell no more than so many actions.
        locale: the language to tell it in; by default the story's own.
        disk: the file system.

    Returns:
        What an edited story has cut off, in one line, or nothing.

    Raises:
        ExportError: the ending is unknown, or the file cannot be written.
        SaveError: the save cannot be read, or is of another story.
    """
    from eternal.saves.export.telling import tell

    write = ENDINGS.get(target.suffix.lower())
    if write is None:
        said = mark("a night is exported to {endings}, not to {ending!r}")
        raise ExportError(said, endings=", ".join(ENDINGS), ending=clean_name(target.suffix or target.name))
    telling = tell(folded_save(path, story, disk, until), locale)
    try:
        disk.write_file(real(target), write(telling).encode("utf-8", "replace"), shared=True)
    except OSError as error:
        raise ExportError(mark("{name} cannot be written: {why}"), name=clean_name(str(target)), why=explain(error)) from None
    return telling.stop


def _markdown(telling: Telling) -> str:
    from eternal.saves.export.markdown import as_markdown

    return as_markdown(telling)


def _html(telling: Telling) -> str:
    from eternal.saves.export.html import as_html

    return as_html(telling)


def _cast(telling: Telling) -> str:
    from eternal.saves.export.film import as_cast

    return as_cast(telling)


def _svg(telling: Telling) -> str:
    from eternal.saves.export.poster import as_poster

    return as_poster(telling)


#: What a night can be exported to, by the ending of the file's name.
ENDINGS: dict[str, Callable[[Telling], str]] = {".md": _markdown, ".html": _html, ".cast": _cast, ".svg": _svg}
