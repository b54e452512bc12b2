"""A night as a picture for the wall: its map, its way, its poem."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine.pages import View
from eternal.saves.export.chart import WIDTH, drawn, xml
from eternal.saves.export.telling import Telling
from eternal.speech import _
from eternal.wording.columns import columns, cut
from eternal.wording.lines import wrap

__all__ = ["as_poster"]

#: The picture, in the proportions of a sheet of paper.
SHEET, TALL = 1000, 1414
_CENTRE = SHEET // 2
_MAP_TOP = 300
_POEM = 945
#: Room for the poem, and columns that fit on a line of it.
_ROOM, _LINE = 340, 62

_STYLE = """
text { fill: #d8d4c8; font-family: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "DejaVu Serif", serif; text-anchor: middle; }
.ground { fill: #0b0e14; } .frame { fill: none; stroke: #2a2f3a; } .title { font-size: 46px; letter-spacing: 12px; }
.ending { fill: #e0c27a; font-size: 25px; font-style: italic; } .dim, .star text { fill: #8f8b81; font-size: 15px; }
.horizon, .thread { stroke: #2a2f3a; stroke-opacity: 1; } .way { stroke: #e0c27a; stroke-width: 1.4; }
.star path { fill: #d8d4c8; } .star text { font-size: 12px; stroke: none; } .star .halo { stroke: #0b0e14; stroke-width: 4px; }
.star .start { text-anchor: start; } .star .end { text-anchor: end; } .dark path { fill: #2a2f3a; }
.hair-green path { fill: #7fb58a; } .hair-red path { fill: #d0574e; }
.hair-tangerine path { fill: #e8894a; } .hair-blue path { fill: #6ba3d6; }
.gone circle { stroke: #6d6a63; } .refuge path { fill: none; stroke: #e0c27a; } .refuge.gone path { stroke: #6d6a63; }
.star .spark { fill: #e0c27a; stroke: none; }
.machine { fill: #8fa3a8; font-family: ui-monospace, Menlo, "DejaVu Sans Mono", monospace; }
"""


def as_poster(telling: Telling) -> str:
    """Return a night as an SVG picture."""
    return "\n".join(_lines(telling)) + "\n"


def _lines(telling: Telling) -> Iterator[str]:
    last = telling.last
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{SHEET}" height="{TALL}" viewBox="0 0 {SHEET} {TALL}" role="img">'
    yield f"<title>{xml(telling.title)}: {xml(last.title)}</title>"
    yield f"<desc>{xml(', '.join(telling.facts))}</desc>"
    yield f"<style>{_STYLE}</style>"
    yield f'<rect class="ground" width="{SHEET}" height="{TALL}"/>'
    yield f'<rect class="frame" x="28.5" y="28.5" width="{SHEET - 57}" height="{TALL - 57}"/>'
    yield from _title(telling.title)
    yield f'<text class="ending" x="{_CENTRE}" y="228">{xml(cut(last.title, 60))}</text>'
    yield f'<g transform="translate({(SHEET - WIDTH) // 2} {_MAP_TOP})">'
    yield from drawn(telling)
    yield "</g>"
    yield from _poem(last)
    yield f'<text class="machine" font-size="14" x="{_CENTRE}" y="{TALL - 96}">{xml(cut(_said(telling), 90))}</text>'
    yield f'<text class="dim" x="{_CENTRE}" y="{TALL - 66}">{xml(cut(" · ".join(telling.facts), 100))}</text>'
    yield "</svg>"


def _title(title: str) -> Iterator[str]:
    first, *rest = wrap(title.upper(), 19)
    lines = [first, cut(" ".join(rest), 19)] if rest else [first]
    for number, line in enumerate(lines):
        y = 170 - 56 * (len(lines) - 1 - number)
        yield f'<text class="title" x="{_CENTRE + 6}" y="{y}">{xml(line)}</text>'


def _poem(page: View) -> Iterator[str]:
    """Yield the poem, or while there is none what is held, in the room there is: many lines are set closer, and smaller."""
    held = page.poem if page.over else tuple(it.line for it in (*page.hidden, *page.hands))
    lines = [part for line in held for part in _balanced(line)]
    if not lines:
        return
    step = min(44.0, _ROOM / len(lines))
    size = max(8.0, min(24.0, step * 0.58))
    top = _POEM + (_ROOM - step * (len(lines) - 1)) / 2
    for number, line in enumerate(lines):
        yield f'<text font-size="{size:.1f}" x="{_CENTRE}" y="{top + step * number:.1f}">{xml(line)}</text>'


def _balanced(line: str) -> list[str]:
    """Break a line into as few as it needs, all about as long."""
    number = -(-columns(line) // _LINE) or 1
    return list(wrap(line, min(_LINE, columns(line) // number + 6)))


def _said(telling: Telling) -> str:
    """Say what the machine had made of the night when it was last heard of."""
    machine = next((page.view.machine for page in reversed(telling.pages) if page.view.machine), None)
    if machine is None:
        return ""
    gone = sum(memory.erased for memory in telling.last.memories)
    return _("{hour} · {gone} of {all} erased · {words}").format(
        hour=machine.hour, gone=gone, all=len(telling.last.memories), words=machine.words
    )
