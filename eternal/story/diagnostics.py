"""Findings and where they stand: from a path inside a file to `file:line:column` with the line and a caret."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from eternal.errors import EternalError
from eternal.story.codes import RULES, Severity

__all__ = ["Diagnostic", "Finding", "Path", "StoryError", "finding", "render"]

#: How one walks from a document to a value: keys and indexes.
Path = tuple[str | int, ...]


class Finding(Struct, frozen=True, kw_only=True):
    """Something wrong at a place that is not yet resolved to a line.

    Either `line` is known (1-based, when the reader itself found it), or `path` says which value of document `doc` is meant:
    its key if `at_key`, else the value, `offset` characters into its text.
    """

    code: str
    file: str
    doc: int = 0
    path: Path = ()
    at_key: bool = False
    offset: int = 0
    width: int = 0
    line: int = 0
    column: int = 0
    message: str = ""
    hint: str = ""


class Diagnostic(Struct, frozen=True, kw_only=True):
    """Something wrong at a line and column (both 1-based, in characters; 0 when the whole file is meant)."""

    code: str
    severity: Severity
    message: str
    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    hint: str = ""
    source: str = ""

    @property
    def headline(self) -> str:
        """Return the one line that says it all: place, severity, code, message, hint."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.severity}[{self.code}]: {self.message}" + (f" ({self.hint})" if self.hint else "")


class StoryError(EternalError):
    """The story has errors; `diagnostics` lists every one of them in the order of the files."""

    title = "The story has errors"

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the diagnostics; the message is the first one's headline and how many more there are."""
        self.diagnostics = tuple(diagnostics)
        more = len(self.diagnostics) - 1
        super().__init__(self.diagnostics[0].headline + (f" (and {more} more)" if more else ""))


def finding(code: str, file: str, doc: int = 0, path: Path = (), *, hint: str = "", at_key: bool = False,
            offset: int = 0, width: int = 0, line: int = 0, column: int = 0, **args: Any) -> Finding:  # fmt: skip
    """Make a finding whose message is the rule's template filled with `args`."""
    return Finding(
        code=code, file=file, doc=doc, path=path, at_key=at_key, offset=offset, width=width,
        line=line, column=column, message=RULES[code].template.format(**args), hint=hint,
    )  # fmt: skip


def render(diagnostic: Diagnostic) -> str:
    """Return the headline, and below it the line of the file with a caret under the place."""
    if not diagnostic.source or not diagnostic.line:
        return diagnostic.headline
    from rich.cells import cell_len  # only a story with errors pays for it

    number = str(diagnostic.line)
    at = diagnostic.column - 1
    start = max(0, at - 60)
    shown = diagnostic.source[start : start + 100].replace("\t", "→")
    before, marked = shown[: at - start], shown[at - start : at - start + diagnostic.width]
    gap = " " * len(number)
    carets = " " * cell_len(before) + "^" * max(1, cell_len(marked))
    return f"{diagnostic.headline}\n {number} │ {shown}\n {gap} │ {carets}"
