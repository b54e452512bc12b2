"""A night as a film of the terminal it was played in (asciicast v2), at the pace of somebody who reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from eternal.engine.actions import Rewind
from eternal.safety import clean
from eternal.saves.export.screen import COLUMNS, ROWS, Row, answer, page_rows, poem_rows
from eternal.saves.export.telling import Page, Telling
from eternal.speech import _
from eternal.wording.news import news_rows

__all__ = ["as_cast"]

#: Seconds: to read a word, to look at a line however short it is, between two keys, and before typing.
WORD, LINE, KEY, THOUGHT = 0.24, 0.12, 0.09, 0.9
_THEME = {
    "fg": "#d8d4c8",
    "bg": "#0b0e14",
    "palette": "#0b0e14:#d0574e:#7fb58a:#e0c27a:#6ba3d6:#e8894a:#8fa3a8:#d8d4c8:"
    "#6d6a63:#e0766d:#9cc9a5:#ecd59a:#8fbbe2:#f0a877:#aebfc3:#faf8f3",
}


def as_cast(telling: Telling) -> str:
    """Return a night as an asciicast."""
    return "\n".join([json.dumps(_header(telling)), *_events(telling)]) + "\n"


def _header(telling: Telling) -> dict[str, object]:
    header: dict[str, object] = {"version": 2, "width": COLUMNS, "height": ROWS}
    begun = _seconds(telling.header.created)
    if begun is not None:
        header["timestamp"] = begun
    return {**header, "title": f"{telling.title}: {clean(telling.last.title)}", "env": {"TERM": "xterm-256color"}, "theme": _THEME}


def _seconds(created: str) -> int | None:
    try:
        return int(datetime.fromisoformat(created).timestamp())
    except (ValueError, OverflowError, OSError):
        return None


def _events(telling: Telling) -> Iterator[str]:
    now = 0.0
    for seconds, text in _shown(telling):
        yield json.dumps([round(now, 3), "o", text], ensure_ascii=False)
        now += seconds


def _shown(telling: Telling) -> Iterator[tuple[float, str]]:
    """Yield what is written, and how long it is looked at before the next."""
    first, *rest = telling.watched
    yield from _rows([Row(telling.title.upper()), Row(_("'help' lists what you can type."))])
    yield from _rows(page_rows(first.view))
    before = first
    for page in rest:
        yield from _typed(answer(before.view, page.action))
        yield from _rows(Row(row) for row in news_rows(telling.story, page.view, telling.locale))
        yield from _rows(page_rows(page.view, None if isinstance(page.action, Rewind) else before.view))
        before = page
    yield from _end(before)


def _rows(rows: Iterable[Row]) -> Iterator[tuple[float, str]]:
    for row in rows:
        yield LINE + WORD * len(row.text.split()), f"{row.painted}\r\n"


def _typed(words: str) -> Iterator[tuple[float, str]]:
    yield THOUGHT, "\x1b[1m> \x1b[0m"
    for key in words:
        yield KEY, key
    yield KEY, "\r\n"


def _end(page: Page) -> Iterator[tuple[float, str]]:
    if not page.view.over:
        yield THOUGHT, "\x1b[1m> \x1b[0m"
        return
    yield from _rows(poem_rows(page.view))
