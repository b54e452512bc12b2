"""The words on the bench's window, around what is behind the page."""

from __future__ import annotations

from eternal.author.watch import Bench
from eternal.engine.pages import Passage, Piece, View
from eternal.safety import clean
from eternal.story.diagnostics import render
from eternal.tui.text.offers import Offer
from eternal.tui.text.writing import Writing
from eternal.wording.words import cost_words

__all__ = ["mistakes", "top_line", "writing"]

#: So many mistakes are shown; the rest are counted.
_SHOWN = 40


def writing(page: View) -> Writing:
    """Return a page as what stands on the leaf: its prose, the lines of a last page, its choices."""
    poem = (Passage((Piece(line, em=True),), item=True) for line in page.poem)
    offers = (
        Offer(str(number) if number < 10 else "·", choice.text, ", ".join(cost_words(choice)), f"choose:{choice.id}")
        for number, choice in enumerate(page.choices, start=1)
    )
    return Writing((*page.passages, *poem), tuple(offers), page.integrity)


def top_line(bench: Bench, *, kept: bool) -> str:
    """Say where the night stands, and whether it is an honest one."""
    if bench.story is None:
        return clean(str(bench.pack))
    scene = bench.story.scenes[bench.state.scene]
    mark = "MARKED: no honest night" if bench.marked else "kept" if kept else "not kept"
    return clean("  ·  ".join((bench.story.header.title, mark, f"step {bench.done}", scene.id, scene.title)))


def mistakes(bench: Bench) -> str:
    """Return what is wrong with the files as they are, each with its place and line."""
    found = bench.diagnostics
    if not found:
        return ""
    count = "1 mistake" if len(found) == 1 else f"{len(found)} mistakes"
    heading = count if bench.story is None else f"{count}; the last good story goes on"
    return clean("\n".join((heading, *(render(diagnostic) for diagnostic in found[:_SHOWN]))))
