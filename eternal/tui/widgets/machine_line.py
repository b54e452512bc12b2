"""The lines under the page: what has just happened, and the machine talking."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from eternal.engine.pages import Passage, Piece, View
from eternal.safety import clean
from eternal.tui.column import column, margin
from eternal.tui.palette import Palette, Role
from eternal.tui.session import asleep
from eternal.tui.text.fit import cells, fitted
from eternal.tui.text.paint import ink
from eternal.tui.text.sheet import lay, text_of
from eternal.tui.widgets.painted import Painted
from eternal.wording.words import morning_words, target_line

__all__ = ["MachineLine"]

#: The most lines that news take, and the columns of the widest of them.
MOST, WIDEST = 3, 96

#: The rows of a screen that has room to spare.
TALL = 30

#: The columns that are left to the keys, and the beats from which on the morning is said even where they have none.
KEYS, LATE = 14, 12


class MachineLine(Painted):
    """Above: news and notices, gone with the next step. Below: the machine's status on the left, the keys on the right.

    Attributes:
        hints: keys and what they do, the most useful first; as many are shown as there is room for.
        note: what is to be said above, and in which role.
        trouble: what stays said until it is mended.
    """

    DEFAULT_CSS = """
    MachineLine { height: 2; dock: bottom; }
    """

    def __init__(self, palette: Palette, hints: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(palette)
        self.page: View | None = None
        self.hints = tuple(hints)
        self.note: tuple[str, Role] = ("", "machine")
        self.trouble = ""

    def show(self, page: View, palette: Palette) -> None:
        """Show the machine's side of the night."""
        self.page, self.palette = page, palette
        self.on_resize()
        self.refresh()

    def say(self, text: str, role: Role = "machine") -> None:
        """Say something above the line; nothing takes it away."""
        if self.note != (text, role):
            self.note = text, role
            self.on_resize()
            self.refresh()

    def on_resize(self) -> None:
        """Take as many lines as it needs; on a tall screen always as many as news usually take, so that nothing moves for them."""
        width, height = self.screen.size
        self.styles.height = 1 + max(1 if height < TALL else 2, len(self._said(self.size.width or width)))

    def _said(self, width: int) -> list[str]:
        """Return what is said, broken into lines; what does not fit into the last of them is cut."""
        text = self.note[0] or self.trouble
        room = column(width, WIDEST)
        lines = [text_of(line) for line in lay((Passage((Piece(clean(text)),)),), room).lines] if text else []
        return lines if len(lines) <= MOST else [*lines[: MOST - 1], fitted(" ".join(lines[MOST - 1 :]), room)]

    def render_line(self, y: int) -> Strip:
        """Return a line of news, or the machine's line."""
        width = self.size.width
        side = Segment(" " * margin(width))
        above = self.size.height - 1
        if y < above:  # what is said stands just over the machine's line
            said = [*[""] * above, *self._said(width)][-above:]
            role = self.note[1] if self.note[0] else "lamp"
            return self.row(side, Segment(said[y], ink(self.palette, role, italic=True)))
        room = width - 2 * margin(width)
        status = fitted(self._status(room), room)
        hints = self._hints(room - cells(status) - (3 if status else 0))
        return self.row(
            side, Segment(status, ink(self.palette, "machine")),
            Segment(" " * (room - cells(status) - cells(hints))), Segment(hints, ink(self.palette, "dim")),
        )  # fmt: skip

    def _status(self, room: int) -> str:
        machine = self.page.machine if self.page else None
        if machine is None or self.page is None or not asleep(self.page):
            return ""
        line, left = target_line(machine), morning_words(machine)
        said = [f"{line} · {left} · {machine.status}"] if machine.status else []
        said += [f"{line} · {left}", f"{target_line(machine, short=True)} · {left}"]
        least = said[-1] if machine.dawn - machine.beat <= LATE else line
        return next((words for words in said if cells(words) + KEYS < room), least)

    def _hints(self, room: int) -> str:
        """Return as many of the keys as there is room for; the last, which leads to all the others, before any."""
        chosen: list[tuple[str, str]] = []
        for hint in (*self.hints[-1:], *self.hints[:-1]):
            trial = [*chosen, hint]
            if cells(_joined(trial)) > room:
                break
            chosen = trial
        return _joined([*chosen[1:], *chosen[:1]])


def _joined(hints: Sequence[tuple[str, str]]) -> str:
    return " · ".join(f"{key} {says}" for key, says in hints)
