"""From a path inside a file to a line and column: asked only when something is wrong, so loading never pays for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
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

from eternal.safety import clean
from eternal.story.codes import RULES
from eternal.story.diagnostics import Diagnostic, Finding, Path
from eternal.story.reader import MAX_DEPTH, MAX_NODES, readable
from eternal.story.scalars import place_in_file

__all__ = ["locate", "scalars"]

#: A line longer than this helps nobody and is not shown.
LONGEST_LINE = 2_000

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


def scalars(text: str) -> Iterator[tuple[Path, Any]]:
    """Yield the event of every value of a file that is neither a list nor a mapping, with its path in its document."""
    for (_, path, at_key), event in _index(text).items():
        if not at_key and type(event) is ScalarEvent:
            yield path, event


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
        line = self.text[self.starts[number - 1] : self._end(number)].rstrip("\n")
        return line if len(line) <= LONGEST_LINE else ""

    def _end(self, number: int) -> int:
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def of(self, found: Finding) -> tuple[int, int, int]:
        """Return line, column and width of a finding, climbing to the nearest value that exists."""
        if found.line or not self.text:
            return found.line, found.column, found.width
        if self._index is None:
            self._index = _index(readable(self.text))
        event, path, exact = self._index.get((found.doc, found.path, found.at_key)), found.path, True
        while event is None and path:
            path, exact = path[:-1], False
            event = self._index.get((found.doc, path, bool(path) and isinstance(path[-1], str)))
        if event is None:
            return 1, 1, 1
        if type(event) is not ScalarEvent:
            return event.start_mark.line + 1, event.start_mark.column + 1, 1
        at = place_in_file(event, found.offset if exact else 0, self.text)
        line = bisect_right(self.starts, at)
        whole = len(event.value) - found.offset
        return line, at - self.starts[line - 1] + 1, self._width(event, at, found.width or whole)

    def _width(self, event: Any, at: int, width: int) -> int:
        """Cut a width at the end of the line, and at the end of what is written there."""
        end = min(self._end(bisect_right(self.starts, at)), max(at + 1, event.end_mark.index))
        return min(width, len(self.text[at:end].rstrip()))


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
