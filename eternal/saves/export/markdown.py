"""A night as Markdown: to be read, quoted, put into a notebook. Words that had gone are gaps, `[…]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from eternal.engine.pages import Passage
from eternal.safety import clean
from eternal.saves.export.fade import Bit, bits
from eternal.saves.export.telling import Page, Telling, what_was_left
from eternal.speech import _
from eternal.wording.words import heading, status_line

__all__ = ["as_markdown", "escape"]

_MARKUP = re.compile(r"([\\`*_\[\]<|~]|&(?=#?\w+;))")
_AT_START = re.compile(r"^(\s*)([-+=>#]|\d+[.)])", re.MULTILINE)
#: Stands where a word was until the paragraph is whole. A character that nobody has given a meaning.
_GONE = "\uf8fe"
_GAP = re.compile(f"{_GONE}(?:[^\\S\n]*{_GONE})*")


def escape(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _AT_START.sub(_at_start, _MARKUP.sub(r"\\\1", clean(text)))


def _at_start(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2][:-1]}\\{found[2][-1]}"


def as_markdown(telling: Telling) -> str:
    """Return a night as CommonMark."""
    return "\n\n".join(_blocks(telling)) + "\n"


def _blocks(telling: Telling) -> Iterator[str]:
    yield f"# {escape(telling.title)}"
    yield f"*{escape(', '.join(telling.facts))}*"
    if any(page.view.fragments or page.view.hands for page in telling.pages):
        yield " · ".join(
            (
                f"‹{escape(_('words that could be kept'))}›",
                f"‹**{escape(_('words that were'))}**›",
                f"\\[…\\] {escape(_('words that had gone'))}",
            )
        )
    shown: tuple[str, ...] = ()
    for page in telling.pages:
        yield from _page(page, shown)
        shown = heading(page.view)
    if telling.last.over and telling.last.poem:
        yield "---"
        yield "\\\n".join(escape(line) for line in telling.last.poem)
    if telling.last.memories:
        yield f"## {escape(_('What was left'))}"
        yield "\n".join(f"- {escape(line)}" for line in what_was_left(telling.last))
    if telling.stop:
        yield f"*{escape(_('The story has changed since: {stop}').format(stop=telling.stop))}*"


def _page(page: Page, shown: tuple[str, ...]) -> Iterator[str]:
    """Yield what was done and the page it led to, under a heading if that is another than the one shown last."""
    if page.done:
        yield f"> {'→ ' if page.kind in ('choose', 'flee') else '✦ '}{escape(page.done)}"
    if not page.is_new:
        return
    view = page.view
    if heading(view) != shown:
        yield f"## {escape(' · '.join(heading(view)))}"
    items: list[str] = []
    for passage in view.passages:
        words = _passage(passage, view.integrity)
        if passage.item:
            items.append(f"- {words}")
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield f"*{words}*" if passage.role == "collapse" and "*" not in words else words
    if items:
        yield "\n".join(items)
    if view.machine and view.kind in ("memory", "refuge"):
        yield f"`{clean(status_line(view)).replace('`', chr(39))}`"


def _passage(passage: Passage, integrity: int) -> str:
    """Return a paragraph, with a gap for each row of words that had gone."""
    groups = [(style, "".join(_left(bit) for bit in same)) for style, same in groupby(bits(passage, integrity), key=_style)]
    words = ""
    for place, (style, text) in enumerate(groups):
        after = groups[place + 1][1] if place + 1 < len(groups) else ""
        words += _styled(style, text, words, after)
    return _GAP.sub(r"\\[…\\]", words.strip()).replace("\n", "\\\n")


def _style(bit: Bit) -> tuple[str, bool]:
    mark = "**" if bit.lit or bit.strong else "*" if bit.em else ""
    return mark, bool(bit.fragment)


def _left(bit: Bit) -> str:
    return _GONE if bit.light == "gone" else bit.text


def _styled(style: tuple[str, bool], text: str, before: str, after: str) -> str:
    """Set words in their style, where CommonMark can see it: emphasis begins and ends at words."""
    mark, is_fragment = style
    core = text.strip(f" \n{_GONE}")
    if not core or not (mark or is_fragment):
        return escape(text)
    first, last = text.split(core, 1)
    opens, closes = ("‹", "›") if is_fragment else ("", "")
    left, right = (before + first + opens)[-1:], (closes + last + after)[:1]
    cannot_open, cannot_close = _is_word(left) and not _is_word(core[0]), _is_word(right) and not _is_word(core[-1])
    if cannot_open or cannot_close or left == "*":
        mark = ""
    return f"{first}{opens}{mark}{escape(core)}{mark}{closes}{last}"


def _is_word(character: str) -> bool:
    return character.isalnum() or character == _GONE
