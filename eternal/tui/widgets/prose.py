"""A few paragraphs that stand still, aligned with the prose of the game."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.segment import Segment
from textual.strip import Strip

from eternal.engine.pages import Passage, Piece
from eternal.safety import clean
from eternal.tui.column import column, margin
from eternal.tui.palette import Palette, Role
from eternal.tui.text.paint import ink
from eternal.tui.text.sheet import lay, text_of
from eternal.tui.widgets.painted import Painted

__all__ = ["Para", "Prose"]


class Para(Struct, frozen=True):
    """A paragraph: its words, what they are, and whether a line stays free after it."""

    text: str
    role: Role = "page"
    italic: bool = False
    apart: bool = True


class Prose(Painted):
    """Text that wraps, in the palette's roles. Whatever it is given is words, never markup."""

    def __init__(self, paras: Sequence[Para] = (), *, palette: Palette, width: int = 72, classes: str | None = None) -> None:
        super().__init__(palette, classes=classes)
        self.most = width
        self._paras = tuple(paras)

    @property
    def paras(self) -> tuple[Para, ...]:
        """What stands here."""
        return self._paras

    @paras.setter
    def paras(self, paras: Sequence[Para]) -> None:
        if tuple(paras) != self._paras:
            self._paras = tuple(paras)
            self.refresh(layout=True)

    def _lines(self, width: int) -> list[tuple[str, Para]]:
        lines: list[tuple[str, Para]] = []
        for number, para in enumerate(self._paras):
            sheet = lay((Passage((Piece(clean(para.text)),)),), column(width, self.most))
            lines += [(text_of(line), para) for line in sheet.lines]
            if para.apart and number < len(self._paras) - 1:
                lines.append(("", para))
        return lines

    def lines_at(self, width: int) -> int:
        """Return how many lines it takes."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """Return a line."""
        lines = self._lines(self.size.width)
        if y >= len(lines):
            return self.row()
        text, para = lines[y]
        return self.row(Segment(" " * margin(self.size.width)), Segment(text, ink(self.palette, para.role, italic=para.italic)))
