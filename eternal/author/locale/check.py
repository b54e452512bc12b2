"""What is wrong with a catalog: what is missing, and what would break the page it stands on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from msgspec import Struct
from rich.cells import cell_len

from eternal.author.locale.files import catalogs, compiled, read
from eternal.story import markup
from eternal.story.messages import messages
from eternal.story.safety import FORBIDDEN, name_of
from eternal.story.story import Story

__all__ = ["Complaint", "check"]

#: Columns that a choice and a title may take, so that they fit beside their number on a terminal of 60 columns (in two lines).
MAX_CHOICE, MAX_TITLE = 96, 60


class Complaint(Struct, frozen=True):
    """Something wrong with a catalog, at a line of its file (1-based)."""

    file: str
    line: int
    kind: str
    key: str
    message: str

    @property
    def is_error(self) -> bool:
        """Whether the page would break; what is only untranslated is no error."""
        return self.kind not in ("missing", "fuzzy", "stale")

    def __str__(self) -> str:
        """Say it in one line: place, kind, key, message."""
        level = "error" if self.is_error else "warning"
        return f"{self.file}:{self.line}: {level}[{self.kind}]: {self.key}: {self.message}"


def check(story: Story, pack: Path) -> list[Complaint]:
    """Return what is wrong with each catalog of a pack, in the order of the files."""
    return [complaint for path in catalogs(pack) for complaint in _check_file(story, path)]


def _check_file(story: Story, path: Path) -> Iterator[Complaint]:
    name = str(path)
    try:
        catalog = read(path)
    except (OSError, ValueError) as error:
        yield Complaint(name, 1, "unreadable", path.stem, str(error))
        return
    entries = {message.context: message for message in catalog if message.id}
    texts = {message.key: message.text for message in messages(story)}
    for key, text in texts.items():
        entry = entries.get(key)
        if entry is None or not entry.string:
            yield Complaint(name, (entry.lineno or 1) if entry else 1, "missing", key, "not translated")
        else:
            yield from _check_entry(name, key, text, entry)
    for context, stale in entries.items():
        if context not in texts:
            yield Complaint(name, stale.lineno or 1, "stale", str(context), "the story has no such text any more")
    target = path.with_suffix(".mo")
    if not target.exists() or target.read_bytes() != compiled(path):
        yield Complaint(name, 1, "not-compiled", path.stem, f"{target.name} is not made from this file; run 'eternal locale update'")


def _check_entry(name: str, key: str, text: str, entry: Message) -> Iterator[Complaint]:
    line, string = entry.lineno or 1, str(entry.string)
    if entry.id != text:
        yield Complaint(name, line, "stale", key, "the text has changed since it was translated; run 'eternal locale update'")
        return
    if entry.fuzzy:
        yield Complaint(name, line, "fuzzy", key, "marked fuzzy: look at it again")
    for kind, problem in _problems(key, text, string):
        yield Complaint(name, line, kind, key, problem)


def _problems(key: str, text: str, string: str) -> Iterator[tuple[str, str]]:
    """Yield what would break: links and interpolations that differ, characters, composition, length."""
    bad = FORBIDDEN.search(string)
    if bad:
        yield "control-character", f"the character {name_of(bad.group())} is not allowed"
        return
    if unicodedata.normalize("NFC", string) != string:
        yield "not-nfc", "not in Unicode's composed form (NFC)"
    try:
        ours, theirs = _parts(text), _parts(string)
    except markup.MarkupError as error:
        yield "markup", f"{error.args_.get('what') or error.args_.get('target')} is not part of the text format"
        return
    for what in sorted(ours - theirs):
        yield "dropped", f"{what} of the original is not here"
    for what in sorted(theirs - ours):
        yield "invented", f"{what} is not in the original"
    limit = MAX_CHOICE if ":choice:" in key else MAX_TITLE if key.endswith(":title") else 0
    if limit and cell_len(string) > limit:
        yield "too-long", f"{cell_len(string)} columns; there is room for {limit}"


def _parts(text: str) -> set[str]:
    """Return what a text is made of beside words: its links and interpolations."""
    runs = [run for paragraph in markup.paragraphs(text) for run in paragraph.runs]
    return (
        {f"the fragment (keep:{run.keep})" for run in runs if run.keep}
        | {f"the choice (choose:{run.choose})" for run in runs if run.choose}
        | {f"the value {{{run.show}}}" for run in runs if run.show}
    )
