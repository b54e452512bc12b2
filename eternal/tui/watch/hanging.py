"""Lines that hang: what does not fit goes on below where its words began, not at the margin."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

__all__ = ["Hanging"]

#: At least so many cells are left for words, however deep they hang.
_LEAST = 12


class Hanging:
    """Lines of text, each with the column (in cells) at which the rest of it goes on."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lines: list[tuple[int, Text]] = []

    def add(self, hang: int, *words: tuple[str, str]) -> None:
        """Add a line.

        Args:
            hang: where what does not fit goes on.
            words: stretches of words with their styles.
        """
        self.lines.append((hang, Text.assemble(*words)))

    @property
    def plain(self) -> str:
        """The lines as they are before any is broken."""
        return "\n".join(text.plain for _, text in self.lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield every line, broken to the width there is."""
        for hang, text in self.lines:
            for row in _broken(console, text, min(hang, max(0, options.max_width - _LEAST)), options.max_width):
                yield from row.render(console)
                yield Segment.line()


def _broken(console: Console, text: Text, hang: int, width: int) -> Iterator[Text]:
    """Yield the rows of a line: the first from the margin, the others from where it hangs."""
    head, body = text[:hang], text[hang:]
    for number, row in enumerate(body.wrap(console, max(1, width - hang)) or [Text()]):
        row.rstrip()
        yield (head if number == 0 else Text(" " * hang)) + row
