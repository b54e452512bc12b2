"""Reading and writing template and catalogs, with Babel."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

from babel.core import parse_locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from eternal.author.locale.merge import merged
from eternal.errors import EternalError
from eternal.saves.disk import DISK
from eternal.story.messages import messages
from eternal.story.story import Story

__all__ = [
    "LocaleError",
    "catalogs",
    "compile_all",
    "compiled",
    "extract",
    "locale_folder",
    "read",
    "tag_of",
    "template",
    "update",
    "write",
]

#: Dates would make every update a change.
_NEVER = datetime(2004, 2, 14, tzinfo=UTC)


class LocaleError(EternalError):
    """A catalog cannot be made or read; the message says which and why."""

    title = "This cannot be translated"


def locale_folder(pack: Path) -> Path:
    """Return the folder of a pack's catalogs.

    Raises:
        LocaleError: the pack is a zip, which is read and never written.
    """
    if not pack.is_dir():
        raise LocaleError(f"{pack} is no folder: catalogs are written beside a story's files; unpack it first")
    return pack / "locale"


def template(story: Story) -> Catalog:
    """Return every text of a story as an empty catalog."""
    empty = Catalog(
        project=story.id, version=story.header.version, charset="utf-8", fuzzy=False, copyright_holder="its authors",
        creation_date=_NEVER, revision_date=_NEVER,
    )  # fmt: skip
    empty.header_comment = f"# Texts of the story {story.id!r}. The context of each is the id of its scene, block, choice or fragment."
    for message in messages(story):
        empty.add(message.text, context=message.key, auto_comments=[message.comment] if message.comment else [])
    return empty


def extract(story: Story, pack: Path) -> Path:
    """Write the template beside the story and return where."""
    path = locale_folder(pack) / f"{story.id}.pot"
    path.parent.mkdir(exist_ok=True)
    write(path, template(story))
    return path


def catalogs(pack: Path) -> list[Path]:
    """Return the catalogs of a pack."""
    return sorted(locale_folder(pack).glob("*.po"))


def read(path: Path) -> Catalog:
    """Read a catalog.

    Raises:
        LocaleError: it is no catalog.
        OSError: it cannot be read.
    """
    try:
        data = path.read_bytes()
        _check_quotes(path, data.decode("utf-8"))
        return read_po(io.BytesIO(data), locale=tag_of(path.stem), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        lineno = getattr(error, "lineno", None)
        where = f"{path}:{lineno + 1}" if lineno is not None else str(path)
        raise LocaleError(f"{where}: this is no catalog: {' '.join(str(error).split())}") from None


#: A line of a catalog that has words on it, and one on which they also end.
_WORDS = re.compile(r'(?:#~\s*)?(?:msg\w+(?:\[\d+\])?\s*)?"')
_WHOLE = re.compile(_WORDS.pattern + r'(?:[^"\\]|\\.)*"\s*\Z')


def _check_quotes(path: Path, text: str) -> None:
    """Refuse words whose quotation mark is missing: Babel would take off their last letter and say nothing.

    Raises:
        LocaleError: there are such.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if _WORDS.match(line) and not _WHOLE.match(line):
            raise LocaleError(f"{path}:{number}: this is no catalog: the words on this line have no end")


def tag_of(language: str) -> str:
    """Return a language's tag as gettext writes it: `pt_BR` for `pt-BR`.

    Raises:
        LocaleError: it is none.
    """
    tag = language.replace("-", "_")
    try:
        parse_locale(tag)
    except ValueError:
        raise LocaleError(f"{language!r} is not the tag of a language; one is written like vi, pt_BR or sr@latin") from None
    return tag


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalog whole or not at all, and so that two runs over the same story give the same bytes."""
    for message in catalog:
        message.flags.discard("python-format")  # a percent sign of ours is a percent sign
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, omit_header=False, sort_by_file=False, include_previous=True)
    DISK.write_file(path, buffer.getvalue())


def update(story: Story, pack: Path, language: str | None = None) -> list[Path]:
    """Merge the story's texts into each of its catalogs, and into a new one for `language` if it has none.

    A text that has changed keeps its translation, marked fuzzy; one that is gone is kept as obsolete.

    Raises:
        LocaleError: `language` is none, or a catalog cannot be read; then no catalog has been touched.
    """
    paths = catalogs(pack)
    if language is not None and not any(path.stem == language for path in paths):
        paths.append(locale_folder(pack) / f"{language}.po")
    fresh = template(story)
    made = [(path, merged(fresh, read(path) if path.exists() else Catalog(), tag_of(path.stem), story.renamed)) for path in paths]
    for path, catalog in made:
        write(path, catalog)
    return paths


def compiled(path: Path) -> bytes:
    """Return a catalog as the game reads it: without what is fuzzy."""
    buffer = io.BytesIO()
    write_mo(buffer, read(path), use_fuzzy=False)
    return buffer.getvalue()


def compile_all(pack: Path) -> list[Path]:
    """Compile each catalog of a pack and return what was written."""
    made = []
    for path in catalogs(pack):
        target = path.with_suffix(".mo")
        DISK.write_file(target, compiled(path))
        made.append(target)
    return made
