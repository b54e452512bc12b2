"""From a path inside a file to a line and column: asked only when something is wrong, so loading never pays for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from yaml import YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs hide what the module offers
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from eternal.story.codes import RULES
from eternal.story.diagnostics import Diagnostic, Finding, Path
from eternal.story.reader import MAX_DEPTH, MAX_NODES
from eternal.story.safety import clean

__all__ = ["locate"]

#: Document, path and whether its key is meant.
_Key = tuple[int, Path, bool]


def locate(findings: Iterable[Finding], text_of: Callable[[str], str]) -> list[Diagnostic]:
    """Resolve findings to diagnostics, in the order of files, lines and columns.

    Args:
        findings: what is wrong.
        text_of: gives the text of a file by its name, or nothing if it has none; asked once a file.
    """
    places: dict[str, _Places] = {}
    located = []
    for found in dict.fromkeys(findings):
        if found.file not in places:
            places[found.file] = _Places(text_of(found.file))
        located.append(_diagnostic(found, places[found.file]))
    return sorted(located, key=lambda d: (d.file, d.line, d.column, d.code))


def _diagnostic(found: Finding, places: _Places) -> Diagnostic:
    line, column, width = places.of(found)
    return Diagnostic(
        code=found.code,
        severity=RULES[found.code].severity,
        message=_one_line(found.message),
        file=found.file,
        line=line,
        column=column,
        width=max(1, width),
        hint=_one_line(found.hint),
        source=clean(places.line(line)),
    )


def _one_line(text: str) -> str:
    """Return words that came out of a file as one line that a terminal can be given."""
    return clean(" ".join(text.split())) if text else text


class _Places:
    """The places of one file; its events are read again only if a finding has no line of its own."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        self.starts += (found.end() for found in re.finditer("\n", text))
        self._index: dict[_Key, Any] | None = None

    def line(self, number: int) -> str:
        """Return a line (1-based) without its end."""
        if not 0 < number <= len(self.starts):
            return ""
        return self.text[self.starts[number - 1] : self._end(number)].rstrip("\r\n")

    def _end(self, number: int) -> int:
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def of(self, found: Finding) -> tuple[int, int, int]:
        """Return line, column and width of a finding, climbing to the nearest value that exists."""
        if found.line or not self.text:
            return found.line, found.column, found.width
        if self._index is None:
            self._index = _index(self.text)
        event, path, exact = self._index.get((found.doc, found.path, found.at_key)), found.path, True
        while event is None and path:
            path, exact = path[:-1], False
            event = self._index.get((found.doc, path, bool(path) and isinstance(path[-1], str)))
        if event is None:
            return 1, 1, 1
        if type(event) is not ScalarEvent:
            return event.start_mark.line + 1, event.start_mark.column + 1, 1
        at = _raw_offset(event, found.offset if exact else 0, self.text)
        line = bisect_right(self.starts, at)
        whole = len(event.value) - found.offset
        return line, at - self.starts[line - 1] + 1, self._width(event, at, found.width or whole)

    def _width(self, event: Any, at: int, width: int) -> int:
        """Cut a width at the end of the line, and at the end of what is written there."""
        end = min(self._end(bisect_right(self.starts, at)), max(at + 1, event.end_mark.index))
        return min(width, len(self.text[at:end].rstrip()))


def _raw_offset(event: Any, offset: int, text: str) -> int:
    """Return where the character `offset` of a scalar's value stands in the file.

    A folded or quoted scalar's value is not its source: line breaks become spaces, indentation goes, escapes are
    resolved. What is left keeps its order, so walking both and skipping what the value dropped finds the place.
    """
    at: int = event.start_mark.index
    end: int = event.end_mark.index
    if event.style in ("|", ">"):
        at = text.find("\n", at) + 1
    elif event.style in ("'", '"'):
        at += 1
    escapes = event.style == '"'
    for step, wanted in enumerate(event.value[: offset + 1]):
        start, at = _next(text, at, end, wanted, escapes=escapes)
        if step == offset:
            return start
    return min(at, max(event.start_mark.index, end - 1))


_HEX = {"x": 2, "u": 4, "U": 8}


def _next(text: str, at: int, end: int, wanted: str, *, escapes: bool) -> tuple[int, int]:
    """Return where the next character of a value begins and ends in the source, looking from `at`."""
    if wanted.isspace():
        # A blank of the value is a blank, a line break or an escape; which of several does not matter to a reader.
        if escapes and text[at] == "\\":
            return at, _escape_end(text, at)
        return at, (at + 1 if at < end and text[at].isspace() else at)
    while at < end:
        if escapes and text[at] == "\\":
            stop = _escape_end(text, at)
            if not text[at + 1].isspace():  # an escaped line break stands for nothing
                return at, stop
            at = stop
        elif text[at] == wanted:
            return at, (at + 2 if wanted == "'" and text[at : at + 2] == "''" else at + 1)
        else:
            at += 1
    return max(0, end - 1), end


def _escape_end(text: str, at: int) -> int:
    return at + 2 + _HEX.get(text[at + 1 : at + 2], 0)


def _index(text: str) -> dict[_Key, Any]:
    """Return the event of every value and every key of a file, by document, path and whether it is the key.

    It goes no deeper and no further than the reader does.
    """
    index: dict[_Key, Any] = {}
    doc = -1
    stack: list[tuple[Path, bool, str | None, int]] = []
    path: Path = ()
    key: str | None = None
    number = 0
    is_map = False
    get: Any = CParser(text).get_event
    try:
        while (event := get()) is not None and len(stack) <= MAX_DEPTH and len(index) <= 2 * MAX_NODES:
            kind = type(event)
            if kind in (MappingEndEvent, SequenceEndEvent):
                path, is_map, key, number = stack.pop()
            elif kind not in (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent):
                continue
            elif is_map and key is None and kind is ScalarEvent:
                key = event.value
                index.setdefault((doc, (*path, key), True), event)
                continue
            else:
                if not stack:
                    doc += 0 if kind is ScalarEvent and event.value == "" else 1
                here: Path = () if not stack else (*path, key if is_map and key is not None else number)
                index.setdefault((doc, here, False), event)
                if kind in (MappingStartEvent, SequenceStartEvent):
                    stack.append((path, is_map, key, number))
                    path, is_map, key, number = here, kind is MappingStartEvent, None, 0
                    continue
            number += 1
            key = None
    except YAMLError:
        pass  # the reader has reported it; what came before still has its places
    return index
