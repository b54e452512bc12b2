"""Texts that end sooner than they seem to: what follows a blank and `#` is a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eternal.author.lint.base import Ground
from eternal.story.diagnostics import Finding, Path, finding
from eternal.story.places import scalars

__all__ = ["warnings"]

#: Fields that hold what is read.
_READ = frozenset({"text", "title", "answer", "line", "about", "collapse", "refuses", "status", "one_of"})
_COMMENT = re.compile(r"[ \t]+#")
#: What stands before a comment that may end such a text: only a file that has one is looked at closely.
_BARE = re.compile(r"[:-] +[^\s\"'|>]")


def warnings(ground: Ground) -> Iterator[Finding]:
    """Yield a warning for each comment behind a text that is written without quotes on one line."""
    for name in ground.survey.files:
        text = ground.survey.text_of(name)
        if any(_BARE.search(line.partition(" #")[0]) for line in text.split("\n") if " #" in line):
            yield from _in_file(name, text)


def _in_file(name: str, text: str) -> Iterator[Finding]:
    lines = text.split("\n")
    for path, event in scalars(text):
        end = event.end_mark
        if event.style or not _is_read(path) or event.start_mark.line != end.line:
            continue
        comment = _COMMENT.match(lines[end.line], end.column)
        if comment is not None:
            hint = "put the text in quotes if it belongs to it, else put it on a line of its own"
            yield finding("W117", name, line=end.line + 1, column=comment.end(), width=1, hint=hint)


def _is_read(path: Path) -> bool:
    """Tell whether a value is a text, or an item of a list of texts."""
    field = path[-1] if path and isinstance(path[-1], str) else path[-2] if len(path) > 1 else ""
    return field in _READ
