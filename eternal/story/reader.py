"""From YAML text to plain trees of dict, list and str, refusing what a story does not need.

Read from libyaml's events, never through a loader: nothing is constructed, aliases cannot multiply, duplicate keys do
not vanish, and depth and size are bounded while reading. Scalars stay text; the schema says what they mean.
"""

from __future__ import annotations

from typing import Any

from yaml import MarkedYAMLError, YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs hide what the module offers
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from eternal.story.diagnostics import Finding, finding
from eternal.story.safety import FORBIDDEN, FORBIDDEN_RAW, name_of, nfc

__all__ = ["MAX_DEPTH", "MAX_FILE", "MAX_NODES", "MAX_SCALAR", "Tree", "decode", "read"]

MAX_FILE = 1_000_000
MAX_SCALAR = 65_536
MAX_NODES = 100_000
MAX_DEPTH = 32

Tree = dict[str, Any] | list[Any] | str


def decode(name: str, data: bytes) -> tuple[str, Finding | None]:
    """Return the text of a file in NFC, or an empty text and what is wrong with its bytes."""
    if len(data) > MAX_FILE:
        return "", finding("E002", name, size=len(data), limit=MAX_FILE)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        return "", finding("E001", name, reason="it looks like UTF-16 or UTF-32; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", finding("E001", name, line=line, column=1, reason=f"byte {data[error.start]:#04x}")
    bad = FORBIDDEN_RAW.search(text)
    if bad:
        line, start = text.count("\n", 0, bad.start()) + 1, text.rfind("\n", 0, bad.start())
        return "", finding("E010", name, line=line, column=bad.start() - start, character=name_of(bad.group()))
    return nfc(text), None


def read(name: str, text: str) -> tuple[list[Tree], list[Finding]]:
    """Return the documents of a file that are not empty, and what is wrong with its YAML."""
    return _Reader(name, text).read()


class _Stop(Exception):
    """Reading cannot go on in this file: the finding says why."""

    def __init__(self, found: Finding) -> None:
        self.found = found


class _Reader:
    """One file's events, folded into trees."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.findings: list[Finding] = []
        # Only a double-quoted escape can bring in what decode() has not already seen; anchors need &, tags need !.
        self.careful = any(sign in text for sign in "\\&!")

    def read(self) -> tuple[list[Tree], list[Finding]]:
        documents: list[Tree] = []
        try:
            self._fold(documents)
        except _Stop as stop:
            self.findings.append(stop.found)
        except YAMLError as error:
            self.findings.append(self._syntax(error))
        return documents, self.findings

    def _fold(self, documents: list[Tree]) -> None:  # the hot loop: 4 million events a story of 10,000 scenes
        get: Any = CParser(self.text).get_event
        careful = self.careful
        stack: list[tuple[Any, str | None]] = []
        top: Any = None
        key: str | None = None
        nodes = 0
        while (event := get()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                value: Any = event.value
                if careful or len(value) > MAX_SCALAR // 4:
                    self._inspect(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor is not None or event.tag is not None:
                    self._inspect(event)
                if len(stack) >= MAX_DEPTH:
                    raise self._stop("E007", event, limit=MAX_DEPTH)
                value = {} if kind is MappingStartEvent else []
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                top, key = stack.pop()
                continue
            elif kind is AliasEvent:
                self._report("E005", event)
                value = ""
            else:
                continue
            nodes += 1
            if nodes > MAX_NODES:
                raise self._stop("E008", event, limit=MAX_NODES)
            if top is None:
                if value != "" or kind is not ScalarEvent:
                    documents.append(value)
            elif type(top) is list:
                top.append(value)
            elif key is None:
                if kind is not ScalarEvent:
                    raise self._stop("E014", event)
                if value in top:
                    self._duplicate(event)
                key = value
                continue
            else:
                top[key] = value
                key = None
            if kind is not ScalarEvent and kind is not AliasEvent:
                stack.append((top, key))
                top, key = value, None

    def _inspect(self, event: Any) -> None:
        """Report what a node may not carry: an anchor, a tag, a forbidden character, too much text."""
        if event.anchor is not None:
            self._report("E005", event)
        if event.tag is not None:
            self._report("E006", event)
        if type(event) is not ScalarEvent:
            return
        if len(event.value) > MAX_SCALAR // 4:  # a character may take four bytes
            size = len(event.value.encode("utf-8", "surrogatepass"))
            if size > MAX_SCALAR:
                self._report("E009", event, size=size, limit=MAX_SCALAR)
        bad = FORBIDDEN.search(event.value)
        if bad:
            self._report("E010", event, character=name_of(bad.group()))

    def _duplicate(self, event: Any) -> None:
        first = _first_key_line(self.text, event)
        self._report("E004", event, key=event.value, first=first)

    def _report(self, code: str, event: Any, **args: Any) -> None:
        mark = event.start_mark
        width = len(getattr(event, "value", "") or "") or 1
        self.findings.append(finding(code, self.name, line=mark.line + 1, column=mark.column + 1, width=width, **args))

    def _stop(self, code: str, event: Any, **args: Any) -> _Stop:
        mark = event.start_mark
        return _Stop(finding(code, self.name, line=mark.line + 1, column=mark.column + 1, **args))

    def _syntax(self, error: YAMLError) -> Finding:
        if isinstance(error, ReaderError):
            return finding("E003", self.name, problem=f"{error.reason}")
        mark = getattr(error, "problem_mark", None)
        problem = error.problem if isinstance(error, MarkedYAMLError) else str(error).splitlines()[0]
        context = f"{error.context}: " if isinstance(error, MarkedYAMLError) and error.context else ""
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        return finding("E003", self.name, line=line, column=column, problem=f"{context}{problem}")


def _first_key_line(text: str, duplicate: Any) -> int:
    """Return the line where the mapping that `duplicate` stands in first has the same key."""
    get: Any = CParser(text).get_event
    stack: list[dict[str, int] | None] = []
    in_key: list[bool] = []
    while (event := get()) is not None:
        kind = type(event)
        if kind is ScalarEvent and stack and stack[-1] is not None and in_key[-1]:
            if event.start_mark.index == duplicate.start_mark.index:
                return stack[-1].get(event.value, 0)
            stack[-1].setdefault(event.value, event.start_mark.line + 1)
            in_key[-1] = False
            continue
        if kind in (MappingEndEvent, SequenceEndEvent):
            stack.pop()
            in_key.pop()
        if kind in (ScalarEvent, AliasEvent, MappingEndEvent, SequenceEndEvent) and in_key:
            in_key[-1] = True
        elif kind in (MappingStartEvent, SequenceStartEvent):
            stack.append({} if kind is MappingStartEvent else None)
            in_key.append(True)
    return 0
