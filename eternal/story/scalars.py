"""From a character of a scalar's value to where it stands in the file."""

from __future__ import annotations

from typing import Any

__all__ = ["place_in_file"]


def place_in_file(event: Any, offset: int, text: str) -> int:
    """Return where the character `offset` of a scalar's value stands in the file, counted in characters from its start.

    A folded or quoted scalar's value is not its source: line breaks become blanks, indentation goes, escapes are
    resolved. What is left keeps its order, so walking both and skipping what the value dropped finds the place.

    Args:
        event: the scalar's event, with its marks.
        offset: the number of the character in its value.
        text: the text of the file.
    """
    at: int = event.start_mark.index
    end: int = event.end_mark.index
    if event.style in ("|", ">"):
        at = text.find("\n", at) + 1
    elif event.style in ("'", '"'):
        at += 1
    escapes, doubles = event.style == '"', event.style == "'"
    for step, wanted in enumerate(event.value[: offset + 1]):
        start, at = _next(text, at, end, wanted, escapes=escapes, doubles=doubles)
        if step == offset:
            return start
    last: int = max(event.start_mark.index, end - 1)
    return min(at, last)


_HEX = {"x": 2, "u": 4, "U": 8}


def _next(text: str, at: int, end: int, wanted: str, *, escapes: bool, doubles: bool) -> tuple[int, int]:
    """Return where the next character of a value begins and ends in the source, looking from `at`."""
    if wanted in " \n\t" and not (escapes and text.startswith("\\", at)):
        # A blank of the value is a blank or a line break; which of several does not matter to a reader.
        return at, (at + 1 if at < end and text[at] in " \n\t" else at)
    while at < end:
        if escapes and text[at] == "\\":
            stop = at + 2 + _HEX.get(text[at + 1], 0)
            if text[at + 1] != "\n":  # an escaped line break stands for nothing
                return at, stop
            at = stop
        elif text[at] == wanted:
            return at, (at + 2 if doubles and text.startswith("''", at) else at + 1)
        else:
            at += 1
    return max(0, end - 1), end
