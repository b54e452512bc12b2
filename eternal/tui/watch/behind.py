"""What is behind the page, as lines."""

from __future__ import annotations

from collections.abc import Iterable

from eternal.author.watch import Bench, inspect
from eternal.author.watch.inspector import Item, Read
from eternal.safety import clean
from eternal.story.pack import shown_path
from eternal.story.story import Story
from eternal.tui.palette import Palette
from eternal.tui.watch.hanging import Hanging

__all__ = ["behind"]


def behind(story: Story, bench: Bench, palette: Palette) -> Hanging:
    """Return the inspector's lines. Whether something is there is said by its sign, never by its colour alone."""
    found = inspect(story, bench.state)
    sheet = _Sheet(palette)
    sheet.line(0, (found.scene, "accent"), (f" · {found.kind}", "dim"))
    sheet.line(0, (bench.files.get(found.scene, "").removeprefix(f"{shown_path(bench.pack)}/"), "dim"))
    sheet.table("variables", found.values)
    sheet.items("choices", found.choices)
    sheet.items("text", found.blocks)
    sheet.table("night", found.facts)
    sheet.items("outside", found.due)
    sheet.table("places", found.places)
    return sheet.lines


class _Sheet:
    """The lines as they are written, in the palette's colours."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self.lines = Hanging()

    def line(self, hang: int, *words: tuple[str, str]) -> None:
        """Write a line of stretches of words with their roles in the palette."""
        self.lines.add(hang, *((clean(" ".join(part.split("\n"))), getattr(self.palette, role)) for part, role in words))

    def heading(self, words: str) -> None:
        self.line(0, ("", "dim"))
        self.line(0, (words, "machine"))

    def table(self, heading: str, rows: Iterable[Read]) -> None:
        rows = tuple(rows)
        if not rows:
            return
        self.heading(heading)
        wide = max(len(row.what) for row in rows)
        for row in rows:
            self.line(wide + 4, (f"  {row.what:<{wide}}  ", "dim"), (row.value, "page"))

    def items(self, heading: str, items: Iterable[Item]) -> None:
        items = tuple(items)
        if not items:
            return
        self.heading(heading)
        for item in items:
            self.line(2, (f"{'●' if item.there else '○'} {item.name}", "page" if item.there else "dim"), (f"  {item.text}", "dim"))
            self.reason(item)

    def reason(self, item: Item) -> None:
        """Write why something is there or is not, and what its condition read."""
        if item.test is not None:
            self.line(7, (f"    if {' '.join(item.test.condition.split())}", "dim"))
        if not item.there:
            self.line(4, (f"    {item.why}", "lamp"))
        if item.test is not None and item.test.reads:
            self.line(4, (f"    {', '.join(f'{read.what} is {read.value}' for read in item.test.reads)}", "page"))
