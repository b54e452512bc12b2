"""From a path inside a file to a line and column: asked only when something is wrong, so loading never pays for it."""

from __future__ import annotations

from collections.abc import Iterable
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

__all__ = ["locate"]

_Key = tuple[int, Path, bool]


def locate(findings: Iterable[Finding], texts: dict[str, str]) -> list[Diagnostic]:
    """Resolve findings to diagnostics, in the order of files, lines and columns.

    Args:
        findings: what is wrong.
        texts: the text of each file that a finding names; a file that could not be decoded may be missing.
    """
    maps: dict[str, dict[_Key, Any]] = {}
    located = []
    for found in dict.fromkeys(findings):
        text = texts.get(found.file, "")
        line, column, width = found.line, found.column, found.width
        if not line and text:
            if found.file not in maps:
                maps[found.file] = _index(text)
            line, column, width = _resolve(found, maps[found.file], text)
        lines = text.split("\n")
        source = lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else ""
        located.append(
            Diagnostic(
                code=found.code,
                severity=RULES[found.code].severity,
                message=found.message,
                file=found.file,
                line=line,
                column=column,
                width=max(1, width),
                hint=found.hint,
                source=source,
            )
        )
    return sorted(located, key=lambda d: (d.file, d.line, d.column, d.code))


def _resolve(found: Finding, index: dict[_Key, Any], text: str) -> tuple[int, int, int]:
    """Return line, column and width of a finding, climbing to the nearest value that exists."""
    event = index.get((found.doc, found.path, found.at_key))
    path = found.path
    while event is None and path:
        path = path[:-1]
        event = index.get((found.doc, path, bool(path) and isinstance(path[-1], str)))
    if event is None:
        return 1, 1, 1
    if type(event) is not ScalarEvent:
        return event.start_mark.line + 1, event.start_mark.column + 1, 1
    at = _raw_offset(event, found.offset, text)
    line, start = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at)
    return line, at - start, found.width or len(event.value.split("\n")[0])


def _raw_offset(event: Any, offset: int, text: str) -> int:
    """Return where the character `offset` of a scalar's value stands in the file.

    A folded or quoted scalar's value is not its source: line breaks become spaces, indentation goes, escapes are
    resolved. What is left keeps its order, so walking both and skipping what the value dropped finds the place.
    """
    at: int = event.start_mark.index
    end = event.end_mark.index
    if event.style in ("|", ">"):
        at = text.find("\n", at) + 1
    elif event.style in ("'", '"'):
        at += 1
    for step, wanted in enumerate(event.value[: offset + 1]):
        if not wanted.isspace():
            while at < end and text[at] != wanted:
                at += 1
            if step == offset:
                return at
            at += 1
        elif step == offset:
            return at
    return at


def _index(text: str) -> dict[_Key, Any]:
    """Return the event of every value and every key of a file, by document, path and whether it is the key."""
    index: dict[_Key, Any] = {}
    doc = -1
    stack: list[tuple[Path, bool]] = []
    path: Path = ()
    key: str | None = None
    count = [0]
    is_map = False
    get: Any = CParser(text).get_event

    def place() -> Path:
        if not stack:
            return ()
        return (*path, key) if is_map and key is not None else (*path, count[-1])

    keys: list[str | None] = []
    try:
        while (event := get()) is not None:
            kind = type(event)
            if kind in (MappingEndEvent, SequenceEndEvent):
                path, is_map = stack.pop()
                key = keys.pop()
                count.pop()
                count[-1] += 1
                if is_map:
                    key = None
                continue
            if kind not in (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent):
                continue
            if not stack:
                doc += 0 if kind is ScalarEvent and event.value == "" else 1
            if kind is ScalarEvent and is_map and key is None and stack:
                key = event.value
                index.setdefault((doc, (*path, key), True), event)
                continue
            here = place()
            index.setdefault((doc, here, False), event)
            if kind in (MappingStartEvent, SequenceStartEvent):
                stack.append((path, is_map))
                keys.append(key)
                count.append(0)
                path, is_map, key = here, kind is MappingStartEvent, None
            else:
                count[-1] += 1
                if is_map:
                    key = None
    except YAMLError:
        pass  # the reader has reported it; what came before still has its places
    return index
