"""Where YAML stops, in plain words: what was probably meant, and which line to look at."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

__all__ = ["AS_TEXT", "BEGINS_TEXT", "Slip", "slip_of", "tag_hint"]

#: How a text is kept from being read as anything else.
AS_TEXT = "put the whole text in quotes, or write `text: |` and the text below it"
BEGINS_TEXT = f"if it begins a text, {AS_TEXT}"

#: How many lines above are searched for what was left open.
_FAR = 60
_ABOVE = "look at the line above too"
_ALIKE = "lines that belong together are indented alike"
_LEAD = r"^[ \t]*(?:- +)*"
_KEY = r"[\"']?[\w-]+[\"']?"
#: A key, its colon, and a value on the same line that begins with a sign of YAML's own.
_SIGN = re.compile(rf"{_LEAD}(?:{_KEY}:[ \t]+)?(?P<sign>[\[{{*&!@%|>`?\"']|-(?= ))")
_COLON_IN_VALUE = re.compile(rf"{_LEAD}{_KEY}:[ \t]+[^\s\"'|>\[{{].*:(?:\s|$)")
_NO_BLANK_AFTER_DASH = re.compile(r"^[ \t]*-[^\s-]")
_NO_BLANK_AFTER_COLON = re.compile(rf"{_LEAD}[\w-]+:[^\s:]")
_TAB = re.compile(r"^ *\t")
_CONDITION = re.compile(r"\b(?:if|open|due|turn):[ \t]+!")


#: What YAML says of itself where it stops, and what that is to a person.
_TOLD = (
    ("document indicator", "a quotation mark is opened here and never closed"),
    ("unexpected end of stream", "a quotation mark is opened here and never closed"),
    ("cannot start any token", "no value can begin with this character"),
    ("tab character", "no value can begin with this character"),
    ("mapping values", "no `key: value` can begin here"),
    ("block sequence entries", "no list can begin here"),
    ("could not find expected ':'", "this line has no `key: value`"),
    ("',' or ']'", "the list that begins here is never closed, or a comma is missing in it"),
    ("',' or '}'", "the mapping that begins here is never closed, or a comma is missing in it"),
    ("expected '-'", "this line belongs neither to the list above it nor to anything else"),
    ("expected key", "the value before this has ended, and nothing can follow it"),
    ("comment or line break", "nothing may follow | or > in its line"),
    ("alphabetic or numeric", "no value can begin with this sign"),
    ("escape", "no such escape"),
)
#: Where the mistake is where it began, not where YAML noticed.
_WHERE_IT_BEGAN = ("document indicator", "unexpected end of stream", "could not find expected ':'", "',' or")


class Slip(Struct, frozen=True):
    """A place where a file is not YAML: line and column (from 1), what is wrong there, and what was probably meant."""

    line: int
    column: int
    problem: str
    hint: str


def slip_of(lines: list[str], problem: str, mark: Any, begun: Any) -> Slip:
    """Return what to say of a place where YAML stopped.

    Args:
        lines: of the file.
        problem: YAML's own description.
        mark: where it stopped.
        begun: where what it was reading began.
    """
    hint = _hint(lines, mark.line + 1, problem, begun.line + 1)
    far = begun.line < mark.line and any(words in problem for words in _WHERE_IT_BEGAN)
    place = begun if far else mark
    told = next((told for words, told in _TOLD if words in problem), problem)
    return Slip(place.line + 1, place.column + 1, told, hint)


def _hint(lines: list[str], at: int, problem: str, begun: int) -> str:
    """Say what to do about a place where YAML stopped, or nothing. Lines are counted from 1."""
    here, before = _line(lines, at), _line_above(lines, at)
    if "tab character" in problem or _TAB.match(here):
        return "indent with blanks, never with tabs (a tab is shown as →)"
    if "unexpected end of stream" in problem or "document indicator" in problem:
        return f"close it, or {AS_TEXT}"
    if "escape" in problem:
        return "between double quotes a \\ has a meaning of its own; use single quotes or write `text: |` and the text below it"
    if "mapping values" in problem:
        if _COLON_IN_VALUE.match(here):
            return f"a colon and a blank begin a value; {AS_TEXT}"
        return _missing_blank(lines, before) or f"{_ABOVE}: {_ALIKE}"
    if "could not find expected ':'" in problem:
        return _missing_blank(lines, begun) or "if it goes on with a text, indent it"
    return _open_above(lines, at, here, problem) or _begins(here, problem) or _flow(problem) or _indented(lines, before, problem)


def tag_hint(line: str) -> str:
    """Say what to do about a value that begins with !."""
    return "put the condition in quotes and write not" if _CONDITION.search(line) else BEGINS_TEXT


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _line_above(lines: list[str], number: int) -> int:
    """Return the number of the nearest line above that is not empty; 0 if there is none."""
    return next((above for above in range(min(number - 1, len(lines)), 0, -1) if lines[above - 1].strip()), 0)


def _missing_blank(lines: list[str], number: int) -> str:
    """Name the blank that a line lacks: YAML takes such a line for a text and stops only at the next."""
    line = _line(lines, number)
    for sign, pattern in (("-", _NO_BLANK_AFTER_DASH), (":", _NO_BLANK_AFTER_COLON)):
        if pattern.match(line):
            return f"a blank is missing after the {sign} in line {number}"
    return ""


def _open_above(lines: list[str], at: int, here: str, problem: str) -> str:
    """Name the line of a quotation mark that was never closed, so that the next one in the file has closed it."""
    if "expected key" not in problem:
        return ""
    for number in range(at - 1, max(0, at - _FAR), -1):
        line = _line(lines, number)
        found = _SIGN.match(line)
        sign = found["sign"] if found else ""
        if sign and sign in "\"'" and line.count(sign) % 2 and here.count(sign):
            return f"the quotation mark opened in line {number} is not closed in its line; close it, or {AS_TEXT}"
    return ""


def _begins(line: str, problem: str) -> str:
    """Say which sign at the beginning of a value has a meaning of its own."""
    found = _SIGN.match(line)
    if found is None or "expected '-'" in problem or "',' or" in problem:
        return ""
    sign = found["sign"]
    if sign in "\"'":
        return f"the text goes on after its closing {sign}; {AS_TEXT}"
    return f"a text cannot begin with {sign}; {AS_TEXT}"


def _flow(problem: str) -> str:
    """Say what a list or mapping in brackets wants."""
    for bracket in "]}":
        if f"'{bracket}'" in problem:
            return f"separate its parts by commas, and end it with {bracket}; {BEGINS_TEXT}"
    return ""


def _indented(lines: list[str], before: int, problem: str) -> str:
    if "did not find expected" not in problem:
        return ""
    return _missing_blank(lines, before) or f"{_ABOVE}: {_ALIKE}, and items of a list begin with - and a blank"
