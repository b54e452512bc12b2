"""What is wrong with a catalog: what is missing, and what would break the page it stands on."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import denormalize
from msgspec import Struct
from rich.cells import cell_len

from eternal.author.locale.files import LocaleError, catalogs, compiled, read
from eternal.safety import FORBIDDEN, name_of
from eternal.story import markup
from eternal.story.messages import messages
from eternal.story.story import Story

__all__ = ["Complaint", "check", "check_catalog", "room_of", "structure"]

#: Columns that a choice and a title may take, so that they fit beside their number on a terminal of 60 columns (in two lines).
MAX_CHOICE, MAX_TITLE = 96, 60

#: A kind of fault and what it is, in words.
Fault = tuple[str, str]
#: What would break of a text (its key, the original, the translation).
Faults = Callable[[str, str, str], Iterable[Fault]]


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
    """Return what is wrong with each catalog of a pack, in the order of the files.

    Raises:
        LocaleError: the pack is no folder.
    """
    texts = {message.key: message.text for message in messages(story)}
    return [complaint for path in catalogs(pack) for complaint in check_catalog(path, texts, structure)]


def check_catalog(path: Path, texts: Mapping[str, str], faults: Faults) -> list[Complaint]:
    """Return what is wrong with a catalog, in the order of its lines.

    Args:
        path: the catalog.
        texts: what is to be translated, by key.
        faults: finds what would break of one text.
    """
    return sorted(_check_catalog(path, texts, faults), key=lambda complaint: complaint.line)


def _check_catalog(path: Path, texts: Mapping[str, str], faults: Faults) -> Iterator[Complaint]:
    name = str(path)
    try:
        catalog, lines = read(path), path.read_text(encoding="utf-8").split("\n")
    except (LocaleError, OSError, UnicodeDecodeError) as error:
        yield Complaint(name, 1, "unreadable", path.stem, " ".join(str(error).split()))
        return
    entries = {str(message.context or message.id): message for message in catalog if message.id}
    for key, text in texts.items():
        entry = entries.get(key)
        if entry is None or not entry.string:
            yield Complaint(name, _line(lines, entry), "missing", key, "not translated")
        else:
            yield from _check_entry(name, _line(lines, entry), key, text, entry, faults)
    for key, entry in entries.items():
        if key not in texts:
            yield Complaint(name, _line(lines, entry), "stale", key, "there is no such text any more")
    yield from (Complaint(name, line, "duplicate", key, "stands here a second time") for key, line in _twice(lines))
    target = path.with_suffix(".mo")
    if not target.exists() or target.read_bytes() != compiled(path):
        yield Complaint(name, 1, "not-compiled", path.stem, f"{target.name} is not made from this file; run 'eternal locale update'")


def _line(lines: list[str], entry: Message | None) -> int:
    """Return the line where a translation begins, 1 for a text that is not there."""
    if entry is None or entry.lineno is None:
        return 1
    return next((number for number, line in enumerate(lines[entry.lineno - 1 :], entry.lineno) if line.startswith("msgstr")), entry.lineno)


def _twice(lines: list[str]) -> Iterator[tuple[str, int]]:
    """Yield the contexts that stand in a catalog again, with their line: readers take one of the two and say nothing."""
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if line.startswith('msgctxt "'):
            key = denormalize(line.removeprefix("msgctxt "))
            if key in seen:
                yield key, number
            seen.add(key)


def _check_entry(name: str, line: int, key: str, text: str, entry: Message, faults: Faults) -> Iterator[Complaint]:
    if entry.id != text:
        yield Complaint(name, line, "stale", key, "the text has changed since it was translated; run 'eternal locale update'")
        return
    if entry.fuzzy:
        yield Complaint(name, line, "fuzzy", key, "marked fuzzy: look at it again")
    string = str(entry.string)
    found = list(_unfit(string)) or faults(key, text, string)
    yield from (Complaint(name, line, kind, key, problem) for kind, problem in found)


def _unfit(string: str) -> Iterator[Fault]:
    """Yield what no text may have."""
    bad = FORBIDDEN.search(string)
    if bad:
        yield "control-character", f"the character {name_of(bad.group())} is not allowed"
    elif unicodedata.normalize("NFC", string) != string:
        yield "not-nfc", "not in Unicode's composed form (NFC)"


def structure(key: str, text: str, string: str) -> Iterator[Fault]:
    """Yield what would break a page of a story: links and interpolations that differ, markup, length."""
    try:
        ours, theirs = _parts(text), _parts(string)
    except markup.MarkupError as error:
        yield "markup", f"{error.args_.get('what') or error.args_.get('target') or 'so much of it'} is not part of the text format"
        return
    yield from (("dropped", f"{what} of the original is not here") for what in sorted(ours - theirs))
    yield from (("invented", f"{what} is not in the original") for what in sorted(theirs - ours))
    yield from (("twice", f"{what} is here more often than in the original") for what in _doubled(text, string))
    limit = room_of(key)
    if limit and cell_len(string) > limit:
        yield "too-long", f"{cell_len(string)} columns; there is room for {limit}"


def room_of(key: str) -> int:
    """Return the columns that a text of a story may take; 0 for any number."""
    return MAX_CHOICE if ":choice:" in key else MAX_TITLE if key.endswith(":title") else 0


def _parts(text: str) -> set[str]:
    """Return what a text is made of beside words: its links and interpolations."""
    runs = [run for paragraph in markup.paragraphs(text) for run in paragraph.runs]
    return (
        {f"the fragment (keep:{run.keep})" for run in runs if run.keep}
        | {f"the choice (choose:{run.choose})" for run in runs if run.choose}
        | {f"the value {{{run.show}}}" for run in runs if run.show}
    )


_LINK = re.compile(r"\]\(((?:keep|choose):[^)]*)\)")


def _doubled(text: str, string: str) -> list[str]:
    ours, theirs = Counter(_LINK.findall(text)), Counter(_LINK.findall(string))
    return sorted(f"the link ({link})" for link in theirs if theirs[link] > ours[link] > 0)
