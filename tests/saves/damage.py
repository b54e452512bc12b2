"""Every way to damage a journal, and what must come of it."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.saves.errors import SaveDamaged, SaveError
from eternal.saves.parse import parse

__all__ = ["Found", "flips", "look", "prefixes", "tails"]

#: How a damaged save is found: read up to a torn end, or refused with its line.
Found = tuple[str, int]


def flips(data: bytes) -> Iterator[bytes]:
    """Yield a journal with each of its bits turned over."""
    changed = bytearray(data)
    for place in range(len(data)):
        for bit in range(8):
            changed[place] ^= 1 << bit
            yield bytes(changed)
            changed[place] ^= 1 << bit


def prefixes(data: bytes) -> Iterator[bytes]:
    """Yield every beginning of a journal, the empty one too."""
    for end in range(len(data)):
        yield data[:end]


def tails(data: bytes) -> Iterator[bytes]:
    """Yield a journal whose end is zeros, from every byte on, and one that zeros follow."""
    for end in range(len(data)):
        yield data[:end] + bytes(len(data) - end)
    for number in (1, 511, 4096, 70_000):
        yield data + bytes(number)


def look(whole: bytes, damaged: bytes) -> Found:
    """Read a damaged journal: a beginning of the whole one, with its torn end counted, or a refusal that names a line."""
    try:
        found = parse(damaged, "a.eternal")
    except SaveDamaged as error:
        _check_refusal(whole, error)
        return "refused", error.line
    except SaveError as error:
        raise AssertionError(error.message) from error
    assert found.good + found.torn == len(damaged)
    assert whole.startswith(damaged[: found.good])
    _is_beginning(whole, found.records, len(found.records))
    return "cut" if found.torn else "whole", len(found.records)


def _check_refusal(whole: bytes, refusal: SaveDamaged) -> None:
    assert 1 <= refusal.line <= whole.count(b"\n") + 1
    assert "\n" not in refusal.message
    if refusal.before is not None:
        _is_beginning(whole, refusal.before.records, refusal.line - 2)


def _is_beginning(whole: bytes, records: tuple[object, ...], number: int) -> None:
    assert len(records) == number
    assert records == _records(whole)[:number]


def _records(whole: bytes) -> tuple[object, ...]:
    if _KNOWN.get("whole") != whole:
        _KNOWN.update(whole=whole, records=parse(whole, "a.eternal").records)
    return _KNOWN["records"]  # type: ignore[return-value]


#: The journal that is being damaged, read once.
_KNOWN: dict[str, object] = {}
