"""Check a story: every error and every warning, located, in one run, and three ways to print them."""

from __future__ import annotations

from pathlib import Path

from eternal.author.lint import lint, unread_files
from eternal.author.sarif import as_sarif
from eternal.story.diagnostics import Diagnostic, render
from eternal.story.load import Report, survey

__all__ = ["Report", "as_json", "as_sarif", "as_text", "check"]


def check(path: Path) -> Report:
    """Return everything there is to say about a pack. Most warnings are looked for only in a story without errors."""
    read = survey(path)
    return read.report([*unread_files(path), *(lint(read) if read.story is not None else ())])


def as_text(report: Report) -> str:
    """Return the diagnostics with their lines and carets, and below them how many there are."""
    return "\n".join([*map(render, report.diagnostics), summary(report)])


def summary(report: Report) -> str:
    """Return one line: how many scenes, errors and warnings."""
    warnings = len(report.diagnostics) - report.errors
    counts = [_count(number, word) for number, word in ((report.errors, "error"), (warnings, "warning")) if number]
    scenes = f"{_count(len(report.story.scenes), 'scene')}: " if report.story is not None else ""
    return scenes + (", ".join(counts) if counts else "no mistakes")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def as_json(report: Report) -> bytes:
    """Return the diagnostics as JSON, as `docs/json.md` describes it."""
    from msgspec import json

    story = report.story
    found = {
        "story": story.id if story is not None else None,
        "scenes": len(story.scenes) if story is not None else 0,
        "errors": report.errors,
        "warnings": len(report.diagnostics) - report.errors,
        "diagnostics": [_plain(diagnostic) for diagnostic in report.diagnostics],
    }
    return json.format(json.encode(found), indent=2)


def _plain(diagnostic: Diagnostic) -> dict[str, object]:
    from eternal.story.codes import RULES

    return {
        "code": diagnostic.code,
        "rule": RULES[diagnostic.code].name,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "hint": diagnostic.hint or None,
        "file": diagnostic.file,
        "line": diagnostic.line or None,
        "column": diagnostic.column or None,
        "width": diagnostic.width if diagnostic.line else None,
    }
