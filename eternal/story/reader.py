"""From YAML text to plain trees of dict, list and str, refusing what a story does not need.

Read from libyaml's events, never through a loader: nothing is constructed, aliases cannot multiply, duplicate keys do
not vanish, and depth and size are bounded while reading. Scalars stay text; the schema says what they mean.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from yaml import MarkedYAMLError, YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs hide what the module offers
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

from eternal.safety import FORBIDDEN, name_of
from eternal.story.decoding import place
from eternal.story.diagnostics import Finding, finding
from eternal.story.mending import Lost, mend
from eternal.story.scalars import place_in_file
from eternal.story.syntax import BEGINS_TEXT, slip_of, tag_hint

__all__ = ["MAX_DEPTH", "MAX_NODES", "MAX_SCALAR", "Reading", "Tree", "read", "readable"]

MAX_SCALAR = 65_536
MAX_NODES = 100_000
MAX_DEPTH = 32
#: After so many documents of a file that cannot be read, the rest is left alone.
MAX_STOPS = 20

Tree = dict[str, Any] | list[Any] | str


class Reading(Struct, frozen=True):
    """What reading a file gave.

    Attributes:
        documents: those that are not empty.
        findings: what is wrong.
        spoilt: the numbers of the documents in which something is.
        lost: the numbers of those that could not be read: of them there is a name, and what others may name of them.
        whole: whether the names of all scenes are known.
    """

    documents: list[Tree]
    findings: list[Finding]
    spoilt: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()
    whole: bool = True


def read(name: str, text: str) -> Reading:
    """Return the documents of a file, and what is wrong with its YAML."""
    return _Reader(name, text).read()


def readable(text: str) -> str:
    """Return the text of a file without the scenes that cannot be read: what stands in it still has its line and column."""
    reader = _Reader("", text)
    reader.read()
    return reader.text


class _Stop(Exception):
    """Reading cannot go on in this document: the finding says why."""

    def __init__(self, found: Finding, begun: int) -> None:
        self.found = found
        #: The line (from 0) where what cannot be read begins.
        self.begun = begun


class _Reader:
    """One file's events, folded into trees."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.findings: list[Finding] = []
        self.document = 0
        self.spoilt: set[int] = set()
        self.begins: dict[int, int] = {}
        # Only a double-quoted escape can bring in what decode() has not already seen; anchors need &, tags need !.
        self.careful = any(sign in text for sign in "\\&!")
        self.first_lines: dict[int, int] | None = None
        self.lines: list[str] | None = None

    def read(self) -> Reading:
        """Read everything that can be read: where a document cannot be, the others are."""
        stops: list[Finding] = []
        lost: list[Lost] = []
        while True:
            documents: list[Tree] = []
            self.findings, self.spoilt, self.begins = [], set(), {}
            try:
                self._fold(documents)
            except _Stop as stop:
                stops.append(stop.found)
                mended = mend(self.text, stop.begun) if stop.found.code != "E008" and len(stops) <= MAX_STOPS else None
                if mended is None:
                    return Reading([], [*stops, *self.findings], whole=False)
                self.text, self.lines, self.first_lines = mended[0], None, None
                lost.append(mended[1])
            else:
                numbers = frozenset(self._stand_in(documents, gone) for gone in lost)
                findings = [*stops, *self.findings] if stops else self.findings
                return Reading(documents, findings, frozenset(self.spoilt), numbers, whole=all(gone.named for gone in lost))

    def _stand_in(self, documents: list[Tree], gone: Lost) -> int:
        """Let what is known of a scene that cannot be read stand in its place, and return the number of its document."""
        number = max(number for number, line in self.begins.items() if line <= gone.line)
        tree = documents[number]
        documents[number] = {**(tree if isinstance(tree, dict) else {}), **gone.known()}
        return number

    def _fold(self, documents: list[Tree]) -> None:
        """Fold the events, and stop where they do."""
        try:
            self._fold_events(documents)
        except YAMLError as error:
            raise self._syntax(error) from None

    def _fold_events(self, documents: list[Tree]) -> None:
        """Go through the events; the hot loop of loading, half a million turns for a story of 10,000 scenes."""
        get: Any = CParser(self.text).get_event
        careful = self.careful
        stack: list[tuple[Any, bool, str | None]] = []
        top: Any = documents
        in_map, key, nodes = False, None, 0
        while (event := get()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                value: Any = event.value
                if careful or len(value) > MAX_SCALAR // 4:
                    self._inspect(event)
                if not in_map:
                    if value != "" or stack:  # a document of nothing is none
                        top.append(value)
                elif key is None:
                    if value in top:
                        top = self._said_twice(event, top, documents, len(stack))
                    key = value
                else:
                    top[key], key = value, None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                value = self._opened(event, kind is MappingStartEvent, len(stack))
                if not in_map:
                    top.append(value)
                elif key is None:
                    raise self._stop("E014", event)
                else:
                    top[key] = value
                stack.append((top, in_map, None))
                top, in_map, key = value, kind is MappingStartEvent, None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                nodes += 2 * len(top) if in_map else len(top)
                if nodes > MAX_NODES:
                    raise self._stop("E008", event, limit=MAX_NODES)
                top, in_map, key = stack.pop()
            else:
                key = self._take_other(event, documents, top, in_map, key)

    def _said_twice(self, event: Any, top: dict[str, Any], documents: list[Tree], depth: int) -> dict[str, Any]:
        """Report a key that its mapping has already, and return the mapping that it goes into."""
        begins = event.value == "id" and depth == 1
        self._duplicate(event, begins=begins)
        if not begins:
            return top
        # A line of --- is missing: what follows is another scene, whose keys are its own.
        scene: dict[str, Any] = {}
        documents.append(scene)
        return scene

    def _take_other(self, event: Any, documents: list[Tree], top: Any, in_map: bool, key: str | None) -> str | None:
        """Take what is neither a text nor a container, and return the key that waits for its value afterwards."""
        kind = type(event)
        if kind is DocumentStartEvent:
            self.document = len(documents)
            self.begins[self.document] = event.start_mark.line
            if event.tags:
                self._report("E006", event)
        if kind is not AliasEvent:
            return key
        self._report("E005", event, hint=BEGINS_TEXT)
        if in_map and key is None:
            return ""
        if in_map:
            top[key] = ""
        else:
            top.append("")
        return None

    def _opened(self, event: Any, is_map: bool, depth: int) -> Any:
        """Return the container that begins here, if one may."""
        if event.anchor is not None or event.tag is not None:
            self._inspect(event)
        if depth >= MAX_DEPTH:
            raise self._stop("E007", event, limit=MAX_DEPTH)
        return {} if is_map else []

    def _inspect(self, event: Any) -> None:
        """Report what a node may not carry: an anchor, a tag, a forbidden character, too much text."""
        if event.anchor is not None:
            self._report("E005", event, hint=BEGINS_TEXT)
        if event.tag is not None:
            self._report("E006", event, hint=tag_hint(self._line(event.start_mark)))
        if type(event) is not ScalarEvent:
            return
        if len(event.value) > MAX_SCALAR // 4:  # a character may take four bytes
            size = len(event.value.encode("utf-8", "surrogatepass"))
            if size > MAX_SCALAR:
                self._report("E009", event, size=size, limit=MAX_SCALAR)
        bad = FORBIDDEN.search(event.value)
        if bad:
            self._found("E010", *self._place_of(event, bad.start()), character=name_of(bad.group()))

    def _place_of(self, event: Any, offset: int) -> tuple[int, int]:
        """Return line and column of a character of a scalar, counted from where the scalar begins."""
        at, begun = place_in_file(event, offset, self.text), event.start_mark
        return begun.line + 1 + self.text.count("\n", begun.index, at), at - self.text.rfind("\n", 0, at)

    def _duplicate(self, event: Any, *, begins: bool) -> None:
        if self.first_lines is None:
            self.first_lines = _first_lines(self.text)
        hint = "a new scene begins with a line of ---" if begins else ""
        self._report("E004", event, hint=hint, key=event.value[:60], first=self.first_lines.get(event.start_mark.index, 1))

    def _line(self, mark: Any) -> str:
        if self.lines is None:
            self.lines = self.text.split("\n")
        return self.lines[mark.line] if mark.line < len(self.lines) else ""

    def _report(self, code: str, event: Any, **args: Any) -> None:
        mark = event.start_mark
        self._found(code, mark.line + 1, mark.column + 1, width=len(getattr(event, "value", "") or "") or 1, **args)

    def _found(self, code: str, line: int, column: int, **args: Any) -> None:
        self.spoilt.add(self.document)
        self.findings.append(finding(code, self.name, line=line, column=column, **args))

    def _stop(self, code: str, event: Any, **args: Any) -> _Stop:
        mark = event.start_mark
        return _Stop(finding(code, self.name, line=mark.line + 1, column=mark.column + 1, **args), mark.line)

    def _syntax(self, error: YAMLError) -> _Stop:
        """Say in plain words where YAML stopped, and where what it was reading began."""
        if isinstance(error, ReaderError):
            line, column = place(self.text[: int(error.position)])
            return _Stop(finding("E003", self.name, line=line, column=column, problem=str(error.reason)), line - 1)
        assert isinstance(error, MarkedYAMLError)
        begun = error.context_mark or error.problem_mark
        assert begun is not None
        slip = slip_of(self.text.split("\n"), str(error.problem), error.problem_mark, begun)
        return _Stop(finding("E003", self.name, line=slip.line, column=slip.column, problem=slip.problem, hint=slip.hint), begun.line)


def _first_lines(text: str) -> dict[int, int]:
    """Return, for each key that stands in its mapping twice, the line of the first, by the place of the second in the text."""
    repeated: dict[int, int] = {}
    stack: list[dict[str, int] | None] = []
    in_key: list[bool] = []
    get: Any = CParser(text).get_event
    try:
        while (event := get()) is not None and len(stack) <= MAX_DEPTH:
            kind = type(event)
            if kind is ScalarEvent and stack and stack[-1] is not None and in_key[-1]:
                line = event.start_mark.line + 1
                first = stack[-1].setdefault(event.value, line)
                if first != line:
                    repeated[event.start_mark.index] = first
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
    except YAMLError:
        pass  # reported by the reader
    return repeated
