"""Reading and writing template and catalogs, with Babel."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from eternal.story.messages import messages
from eternal.story.story import Story

__all__ = ["catalogs", "compile_all", "compiled", "extract", "locale_folder", "merged", "read", "template", "update", "write"]


def locale_folder(pack: Path) -> Path:
    """Return the folder of a pack's catalogs."""
    return pack / "locale"


def template(story: Story) -> Catalog:
    """Return every text of a story as an empty catalog."""
    empty = Catalog(project=story.id, version=story.header.version, charset="utf-8", fuzzy=False, copyright_holder="its authors")
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
        OSError: it cannot be read.
        ValueError: it is no catalog.
    """
    with path.open("rb") as source:
        return read_po(source, locale=path.stem.replace("-", "_"), abort_invalid=True)


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalog so that two runs over the same story give the same bytes."""
    for message in catalog:
        message.flags.discard("python-format")  # a percent sign of ours is a percent sign
    buffer = io.BytesIO()
    catalog.revision_date = catalog.creation_date = _NEVER
    write_po(buffer, catalog, width=100, omit_header=False, sort_by_file=False, include_previous=True)
    path.write_bytes(buffer.getvalue())


#: Dates would make every update a change.
_NEVER = datetime(2004, 2, 14, tzinfo=UTC)


def update(story: Story, pack: Path, language: str | None = None) -> list[Path]:
    """Merge the story's texts into each of its catalogs, and into a new one for `language` if it has none.

    A text that has changed keeps its translation, marked fuzzy; one that is gone is kept as obsolete.
    """
    paths = catalogs(pack)
    if language is not None and not any(path.stem == language for path in paths):
        paths.append(locale_folder(pack) / f"{language}.po")
    for path in paths:
        write(path, merged(template(story), path))
    return paths


def merged(fresh: Catalog, path: Path) -> Catalog:
    """Return the texts of a template with what a catalog has of them."""
    old = read(path) if path.exists() else Catalog(charset="utf-8")
    known = {_name(message): message for message in old if message.id}
    made = Catalog(
        locale=path.stem.replace("-", "_"), project=fresh.project, version=fresh.version, charset="utf-8", fuzzy=False,
        copyright_holder=fresh.copyright_holder, creation_date=_NEVER, revision_date=_NEVER,
    )  # fmt: skip
    made.header_comment = fresh.header_comment
    names = {_name(message) for message in fresh if message.id}
    for message in fresh:
        if message.id:
            _take(made, message, known.get(_name(message)))
    for name, message in known.items():
        if name not in names and message.string:
            made.obsolete[str(message.id), name] = message
    return made


def _name(message: Message) -> str:
    """Return what stays the same when a text changes: its context; a text without one is its own name."""
    return str(message.context or message.id)


def _take(merged: Catalog, fresh: Message, old: Message | None) -> None:
    """Add a text with the translation it has, fuzzy if the text has changed since."""
    string, flags, previous = "", set(), []
    comments: list[str] = []
    if old is not None:
        string, comments = str(old.string or ""), list(old.user_comments)
        flags = set(old.flags) & {"fuzzy"}
        if old.id != fresh.id and string:
            flags.add("fuzzy")
            previous = [str(old.id)]
    merged.add(fresh.id, string, context=fresh.context, flags=flags, auto_comments=fresh.auto_comments, user_comments=comments,
               previous_id=previous)  # fmt: skip


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
        target.write_bytes(compiled(path))
        made.append(target)
    return made
