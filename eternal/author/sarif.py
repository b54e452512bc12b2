"""Diagnostics as SARIF 2.1.0, the format that code hosts and editors show findings from.

Specification: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from msgspec import json

from eternal._version import VERSION
from eternal.story.codes import RULES, Rule
from eternal.story.diagnostics import Diagnostic
from eternal.story.load import Report

__all__ = ["as_sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(report: Report) -> bytes:
    """Return a SARIF log with one run: the rules that were broken, and where."""
    codes = sorted({diagnostic.code for diagnostic in report.diagnostics})
    driver = {
        "name": "eternal check",
        "version": VERSION,
        "semanticVersion": VERSION,
        "rules": [_rule(RULES[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, codes.index(diagnostic.code)) for diagnostic in report.diagnostics],
    }
    return json.format(json.encode({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}), indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "help": {"text": f"docs/diagnostics/{rule.code}-{rule.name}.md says what it means and how to mend it."},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(diagnostic: Diagnostic, index: int) -> dict[str, Any]:
    text = diagnostic.message + (f" ({diagnostic.hint})" if diagnostic.hint else "")
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(diagnostic.file)}}
    if diagnostic.line:
        place["region"] = _region(diagnostic)
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": diagnostic.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }


def _region(diagnostic: Diagnostic) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": diagnostic.line,
        "startColumn": diagnostic.column,
        "endLine": diagnostic.line,
        "endColumn": diagnostic.column + diagnostic.width,
    }
    if diagnostic.source:
        region["snippet"] = {"text": diagnostic.source}
    return region


def _uri(file: str) -> str:
    """Return a file's name as a URI, relative to where the check was run unless it is absolute."""
    return ("file://" if file.startswith("/") else "") + quote(file)
