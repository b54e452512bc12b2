"""Reading a save, which may be damaged, or a stranger's: bounded in time and memory, and never more than data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from eternal.saves import migrate
from eternal.saves.errors import SaveDamaged, SaveError
from eternal.saves.format import FORMAT, MAX_ACTIONS, MAX_BYTES, Header, Parsed, Record, unseal
from eternal.story.safety import FORBIDDEN

__all__ = ["parse"]

MAX_LINE = 4_096
MAX_HEADER = 65_536
#: Colons in the JSON of a record: n, do, id or to, in, state. One more is a key that stands there twice.
_COLONS = 5

_header_decoder = msgspec.json.Decoder(Header)
_record_decoder = msgspec.json.Decoder(Record)
_SEALED = re.compile(rb',"sum":"[0-9a-f]{8}"\}\n')


def parse(data: bytes, name: str, *, today: int = FORMAT, steps: Mapping[int, migrate.Step] = migrate.STEPS) -> Parsed:
    """Read a save.

    Lines at the end that are not whole are cut off and counted in `torn`: a writer was interrupted there.

    Args:
        data: the file.
        name: how to call it, safe to show.
        today: the format to read it into.
        steps: the migrations there are.

    Raises:
        SaveDamaged: a line is damaged and good ones follow it, or the header is, or a line is sealed but no action.
        SaveError: it is no save, too large, or of another format than can be read.
    """
    if len(data) > MAX_BYTES:
        raise SaveError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB; that is no save of a night")
    end = data.find(b"\n")
    if end < 0:
        raise SaveDamaged(f"{name} has no whole first line; it is no save, or damaged from the start", 1)
    top, found = _top(data[:end], name, today, steps)
    if found != today:
        return _migrated(data, top, end + 1, name, today, steps, found)
    header = _header(top, name)
    records: list[Record] = []
    good = end + 1
    for number, body, good in _bodies(data, end + 1, name):
        record = _record(body)
        if record is None or record.n != number:
            raise SaveDamaged(f"{name}: line {number + 1} is not action {number} of a night", number + 1)
        records.append(record)
    return Parsed(header, tuple(records), good, len(data) - good)


def _bodies(data: bytes, start: int, name: str) -> Iterator[tuple[int, bytes, int]]:
    """Yield number, JSON and end of every good line after the header, up to a torn end.

    Raises:
        SaveDamaged: good lines follow a damaged one.
        SaveError: there are too many.
    """
    number = 1
    while (end := data.find(b"\n", start)) >= 0:
        body = unseal(data[start:end]) if end - start <= MAX_LINE else None
        if body is None:
            break
        if number > MAX_ACTIONS:
            raise SaveError(f"{name} has more than {MAX_ACTIONS:,} actions; that is no save of a night")
        yield number, body, end + 1
        start, number = end + 1, number + 1
    if _good_line_after(data, start):
        raise SaveDamaged(f"{name}: line {number + 1} is damaged, and good lines follow it; the file is left as it is", number + 1)


def _good_line_after(data: bytes, start: int) -> bool:
    """Tell whether anywhere from `start` on a whole line carries its right checksum."""
    for found in _SEALED.finditer(data, start):
        line = max(data.rfind(b"\n", start, found.start()) + 1, start)
        if found.end() - line <= MAX_LINE and unseal(data[line : found.end() - 1]) is not None:
            return True
    return False


def _top(line: bytes, name: str, today: int, steps: Mapping[int, migrate.Step]) -> tuple[bytes, int]:
    """Return the header's JSON and the number of its format."""
    body = unseal(line) if len(line) <= MAX_HEADER else None
    if body is None:
        raise SaveDamaged(f"{name}: the first line is damaged, or this is no save of Eternal", 1)
    try:
        found = json.loads(body, object_pairs_hook=_once).get("eternal")
    except (ValueError, RecursionError, AttributeError):
        found = None
    if type(found) is not int:
        raise SaveError(f"{name}: the first line is not the header of a save")
    if found > today:
        raise SaveError(f"{name} was written by a later version of Eternal; update to open it")
    if not migrate.knows(found, today, steps):
        raise SaveError(f"{name}: there is no format {found} of saves")
    return body, found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose keys stand in it once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands in it twice")
    return found


def _header(body: bytes, name: str) -> Header:
    try:
        header = _header_decoder.decode(body)
    except msgspec.MsgspecError:
        raise SaveError(f"{name}: the first line is not the header of a save") from None
    _check_texts(header, name)
    return header


def _check_texts(header: Header, name: str) -> None:
    if any(FORBIDDEN.search(text) or "\n" in text or "\t" in text for text in (header.version, header.locale, header.created)):
        raise SaveError(f"{name}: the header has characters that no save writes")


def _record(body: bytes) -> Record | None:
    """Return the record of a line whose checksum is right, if it is one."""
    try:
        record = _record_decoder.decode(body)
    except msgspec.MsgspecError:
        return None
    return record if record.is_sound and body.count(b":") == _COLONS else None


def _migrated(data: bytes, top: bytes, start: int, name: str, today: int, steps: Mapping[int, migrate.Step], found: int) -> Parsed:
    """Read a save of an earlier format, and bring what it says to the format of today."""
    good = start
    try:
        lines: migrate.Lines = [json.loads(top)]
        for _, body, good in _bodies(data, start, name):
            lines.append(json.loads(body, object_pairs_hook=_once))
        lines = migrate.migrate(lines, today, steps)
        header = msgspec.convert(lines[0], Header)
        records = tuple(msgspec.convert(line, Record) for line in lines[1:])
    except (ValueError, RecursionError, LookupError, TypeError):  # msgspec's errors are ValueErrors
        raise SaveError(f"{name}: this is not a whole save of format {found}") from None
    _check_texts(header, name)
    if not all(record.is_sound and record.n == number for number, record in enumerate(records, start=1)):
        raise SaveError(f"{name}: this is not a whole save of format {found}")
    return Parsed(header, records, good, len(data) - good, found)
