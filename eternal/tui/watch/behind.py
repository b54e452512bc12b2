"""What is behind the page, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from eternal.author.watch import Bench, Inspection, inspect
from eternal.author.watch.inspector import Item, Read
from eternal.story.safety import clean
from eternal.story.story import Story
from eternal.tui.palette import Palette

__all__ = ["behind"]

#: A stretch of words and its role in the palette.
_Words = tuple[str, str]


def behind(story: Story, bench: Bench, palette: Palette) -> Text:
    """Return the inspector's text. Whether something is there is said by its sign, never by its colour alone."""
    found = inspect(story, bench.state)
    text = Text()
    for words, role in _all(found, bench.files.get(found.scene, "")):
        text.append(clean(words), style=getattr(palette, role))
    return text


def _all(found: Inspection, file: str) -> Iterator[_Words]:
    yield f"{found.scene}", "accent"
    yield f" · {found.kind}\n{file}\n", "dim"
    yield from _table("variables", found.values)
    yield from _items("choices", found.choices)
    yield from _items("text", found.blocks)
    yield from _table("night", found.facts)
    yield from _items("outside", found.due)
    yield from _table("places", found.places)


def _table(heading: str, rows: Iterable[Read]) -> Iterator[_Words]:
    rows = tuple(rows)
    if not rows:
        return
    yield f"\n{heading}\n", "machine"
    wide = max(len(row.what) for row in rows)
    for row in rows:
        yield f"  {row.what:<{wide}}  ", "dim"
        yield f"{row.value}\n", "page"


def _items(heading: str, items: Iterable[Item]) -> Iterator[_Words]:
    items = tuple(items)
    if not items:
        return
    yield f"\n{heading}\n", "machine"
    for item in items:
        yield f"{'●' if item.there else '○'} {item.name}", "page" if item.there else "dim"
        yield f"  {item.text}\n", "dim"
        yield from _reason(item)


def _reason(item: Item) -> Iterator[_Words]:
    if item.test is None:
        if not item.there:
            yield f"    {item.why}\n", "lamp"
        return
    yield f"    if {' '.join(item.test.condition.split())}\n", "dim"
    if not item.there:
        yield f"    {item.why}\n", "lamp"
    if item.test.reads:
        yield f"    {', '.join(f'{read.what} is {read.value}' for read in item.test.reads)}\n", "page"
