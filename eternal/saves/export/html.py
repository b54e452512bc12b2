"""A night as one HTML page that needs nothing else: no script, nothing loaded, readable in light, in dark and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from eternal._version import VERSION
from eternal.engine.pages import Passage, View
from eternal.saves.export.chart import chart, xml
from eternal.saves.export.fade import Bit, bits
from eternal.saves.export.telling import Page, Telling, what_was_left
from eternal.speech import _
from eternal.wording.words import heading, status_line

__all__ = ["as_html"]


def as_html(telling: Telling) -> str:
    """Return a night as an HTML document."""
    return "\n".join(_document(telling)) + "\n"


def _document(telling: Telling) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield f'<html lang="{xml(telling.locale)}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f'<meta name="generator" content="Eternal {VERSION}">'
    yield f"<title>{xml(telling.title)}: {xml(telling.last.title)}</title>"
    yield f"<style>\n{Path(__file__).with_name('night.css').read_text(encoding='utf-8')}</style>"
    yield "</head>"
    yield "<body>"
    yield from _header(telling)
    yield "<main>"
    shown: tuple[str, ...] = ()
    for page in telling.pages:
        yield from _page(page, shown)
        shown = heading(page.view)
    yield from _last(telling)
    yield "</main>"
    yield f"<footer><p>{xml(' · '.join(telling.facts))}</p></footer>"
    yield "</body>"
    yield "</html>"


def _header(telling: Telling) -> Iterator[str]:
    yield f'<header><h1>{xml(telling.title)}</h1><p class="facts">{xml(" · ".join(telling.facts))}</p>'
    if any(page.view.fragments or page.view.hands for page in telling.pages):
        words = (f"<mark>{xml(_('words that could be kept'))}</mark>", f'<mark class="kept">{xml(_("words that were"))}</mark>')
        yield f'<p class="legend">{" · ".join(words)} · <span class="going">{xml(_("words that were going"))}</span></p>'
    yield "</header>"


def _page(page: Page, shown: tuple[str, ...]) -> Iterator[str]:
    """Yield what was done and the page it led to, under a heading if that is another than the one shown last."""
    if page.done:
        yield f'<p class="done {page.kind}">{xml(page.done)}</p>'
    if not page.is_new:
        return
    view = page.view
    hair = f" hair-{view.hair}" if view.hair else ""
    yield f'<section class="page {view.kind}{hair}" id="step-{page.number}">'
    title, *rest = heading(view)
    small = f" <small>{xml(' · '.join(rest))}</small>" if rest else ""
    yield f"<h2>{xml(title)}{small}</h2>" if heading(view) != shown else f'<h2 hidden="hidden">{xml(title)}</h2>'
    for passage in view.passages:
        yield _passage(passage, view)
    if view.machine and view.kind in ("memory", "refuge"):
        yield f'<p class="machine">{xml(status_line(view))}</p>'
    yield "</section>"


def _passage(passage: Passage, page: View) -> str:
    classes = [name for name in ("line" if passage.item else "", passage.role if passage.role != "text" else "") if name]
    opening = f'<p class="{" ".join(classes)}">' if classes else "<p>"
    words = "".join(_fragment(name, list(same)) for name, same in groupby(bits(passage, page.integrity), key=lambda bit: bit.fragment))
    return f"{opening}{words}</p>"


def _fragment(name: str, same: list[Bit]) -> str:
    """Return the bits of one fragment, or of the words between two, marked as what they are."""
    words = "".join(_bit(bit) for bit in same)
    if not name:
        return words
    return f'<mark class="kept">{words}</mark>' if same[0].lit else f"<mark>{words}</mark>"


def _bit(bit: Bit) -> str:
    words = xml(bit.text).replace("\n", "<br>")
    if bit.em:
        words = f"<em>{words}</em>"
    if bit.strong:
        words = f"<strong>{words}</strong>"
    return words if bit.light == "whole" else f'<span class="{bit.light}">{words}</span>'


def _last(telling: Telling) -> Iterator[str]:
    if telling.last.over and telling.last.poem:
        yield f'<p class="poem">{"<br>".join(xml(line) for line in telling.last.poem)}</p>'
    if telling.stop:
        yield f"<p><em>{xml(_('The story has changed since: {stop}').format(stop=telling.stop))}</em></p>"
    yield f"<figure>\n{chart(telling)}\n<figcaption>{xml(_('The map of this night'))}</figcaption>\n</figure>"
    left = list(what_was_left(telling.last))
    if left:
        yield f'<ul class="left">{"".join(f"<li>{xml(line)}</li>" for line in left)}</ul>'
