"""A play-test's result as a table to read and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any

import msgspec

from eternal.author.playtest.result import Playtest, Share, Spread
from eternal.engine.actions import Action, Rewind

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["as_json", "as_text", "tables"]

#: The longest bar, in columns, and how many names a list shows before it only counts.
_BAR = 24
_LISTED = 12


def as_json(result: Playtest) -> bytes:
    """Return the result as JSON; the shape is documented in `docs/proof.md` and stable."""
    plain: dict[str, Any] = {
        "story": result.story, "digest": result.digest, "bot": result.bot, "seed": result.seed, "runs": result.runs,
        "endings": {name: share.share for name, share in result.endings.items()},
        "intervals": {name: [share.low, share.high] for name, share in result.endings.items()},
        "unmet": result.unmet, "untaken": result.untaken, "unkept": result.unkept,
        "unfinished": result.unfinished, "stuck": result.stuck,
        "length": {"beats": result.beats, "choices": result.choices, "words": result.words},
        "decided": result.decided, "decided_of": result.decided_of, "scenes": result.scenes,
        "crashes": [{"error": c.error, "where": c.where, "seed": c.seed, "actions": c.actions} for c in result.crashes],
    }  # fmt: skip
    return msgspec.json.encode(plain)


def as_text(result: Playtest, *, width: int = 100, color: bool = False) -> str:
    """Return the result as text of at most `width` columns."""
    from rich.console import Console

    console = Console(file=StringIO(), width=width, force_terminal=color, color_system="standard" if color else None, highlight=False)
    with console.capture() as caught:
        for table in tables(result):
            console.print(table)
    return caught.get().rstrip("\n")


def tables(result: Playtest) -> Iterator[RenderableType]:
    """Yield what a terminal shows: endings, lengths, where nights are decided, the heat map, what nobody met, what broke."""
    yield f"{_nights(result.runs)} of {result.story!r}, {result.bot}, seed {result.seed}\n"
    yield _endings(result)
    yield _lengths(result)
    if result.decided:
        yield _bars(f"Where nights were decided ({_nights(result.decided_of)} sampled)", result.decided)
    yield _heat(result)
    yield "\n".join(_lists(result))


def _grid(title: str, *columns: str) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 or not column else "right")
    return table


def _bar(part: float) -> str:
    from rich.text import Text

    eighths = round(max(0.0, min(1.0, part)) * _BAR * 8)
    full, rest = divmod(eighths, 8)
    return Text("█" * full + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[rest]).plain


def _percent(part: float) -> str:
    return f"{part * 100:.1f} %"


def _endings(result: Playtest) -> Any:
    table = _grid("Endings", "ending", "nights", "share", "95 %", "")
    for name, share in result.endings.items():
        table.add_row(name, str(share.count), _percent(share.share), _interval(share), _bar(share.share))
    left = result.runs - sum(share.count for share in result.endings.values())  # given up, stuck, or broken, by the same thing perhaps
    if left:
        table.add_row("(none)", str(left), _percent(left / max(1, result.runs)), "", _bar(left / max(1, result.runs)))
    return table


def _interval(share: Share) -> str:
    return f"{share.low * 100:.1f} to {share.high * 100:.1f}"


def _lengths(result: Playtest) -> Any:
    table = _grid("A night", "", "mean", "least", "10 %", "half", "90 %", "most")
    for name in ("beats", "choices", "words"):
        spread: Spread = getattr(result, name)
        table.add_row(name, f"{spread.mean:.1f}", *(str(getattr(spread, at)) for at in ("least", "p10", "median", "p90", "most")))
    return table


def _bars(title: str, shares: dict[str, float]) -> Any:
    table = _grid(title, "scene", "share", "")
    for name, share in shares.items():
        table.add_row(name, _percent(share), _bar(share))
    return table


def _heat(result: Playtest) -> Any:
    table = _grid("Scenes", "scene", "nights", "entries a night", "")
    for name, heat in result.scenes.items():
        table.add_row(name, _percent(heat.nights), f"{heat.entries:.2f}", _bar(heat.nights))
    return table


def _lists(result: Playtest) -> Iterator[str]:
    unmet = result.unmet
    for what, names in (
        ("scenes never met", unmet.scenes), ("choices never offered", unmet.choices), ("blocks never shown", unmet.blocks),
        ("fragments never shown", unmet.fragments), ("choices never taken", result.untaken), ("fragments never kept", result.unkept),
    ):  # fmt: skip
        if names:
            more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
            yield f"{what} ({len(names)}): {', '.join(names[:_LISTED])}{more}"
    for scene, count in result.stuck.items():
        yield f"stood in {scene!r} with nothing to do: {_nights(count)}"
    for scene, count in result.unfinished.items():
        yield f"given up in {scene!r} after too many actions: {_nights(count)}"
    for crash in result.crashes:
        yield f"{crash.error} at {crash.where}, after: {', '.join(map(_named, crash.actions)) or 'nothing'} (seed {crash.seed})"


def _nights(count: int) -> str:
    return f"{count} {'night' if count == 1 else 'nights'}"


def _named(action: Action) -> str:
    return f"{action.verb} {action.to if isinstance(action, Rewind) else action.id}"
