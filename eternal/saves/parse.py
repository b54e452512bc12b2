"""Reading a save, which may be damaged, or a stranger's: bounded in time and memory, and never more than data."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from eternal.safety import FORBIDDEN
from eternal.saves import migrate
from eternal.saves.errors import UNREADABLE, SaveDamaged, SaveError
from eternal.saves.format import FORMAT, MAX_ACTIONS, MAX_BYTES, Parsed, Record, SaveHeader, unseal
from eternal.speech import mark

__all__ = ["MAX_HEADER", "begins_as_save", "parse"]

MAX_LINE = 400
MAX_HEADER = 65_536
#: Colons in the JSON of a record: n, do, id or to, in, state. One more is a key that stands there twice.
_COLONS = 5

_header_decoder = msgspec.json.Decoder(SaveHeader)
_record_decoder = msgspec.json.Decoder(Record)
_SEALED = re.compile(rb',"sum":"[0-9a-f]{8}"\}\n')


def parse(data: bytes, name: str, *, today: int = FORMAT, steps: Mapping[int, migrate.Step] = migrate.STEPS) -> Parsed:
    """Read a save.

    Lines at the end that are not whole are cut off and counted in `torn`: a writer was interrupted there. What mail, editors
    and version control do to the ends of lines is undone.

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
        raise SaveError(mark("{name} is larger than {size} MB; that is no save of a night"), name=name, size=MAX_BYTES // 1_000_000)
    size, data = len(data), _with_our_line_ends(data)
    end = data.find(b"\n")
    if end < 0:
        raise SaveDamaged(mark("{name} has no whole first line; it is no save, or damaged from the start"), 1, name=name)
    top, found = _top(data[:end], name, today, steps)
    bodies, good = _sealed(data, end + 1, name)
    damaged = len(bodies) + 2 if _good_line_after(data, good) else 0
    if found != today:
        top, bodies = _brought(top, bodies, name, today, steps)
    records = tuple(_records(bodies))
    torn = len(data) - good
    parsed = Parsed(_header(top, name), records, size - torn, torn, found)
    if len(records) < len(bodies):
        line = len(records) + 2
        raise SaveDamaged(mark("{name}: line {line} is not action {number} of a night"), line, parsed, name=name, number=line - 1)
    if damaged:
        said = mark("{name}: line {line} is damaged, and good lines follow it; the file is left as it is")
        raise SaveDamaged(said, damaged, parsed, name=name)
    return parsed


def begins_as_save(data: bytes) -> bool:
    """Tell whether the first line is sealed as that of a save, of whatever format and whatever follows."""
    return unseal(_with_our_line_ends(data).partition(b"\n")[0]) is not None


def _with_our_line_ends(data: bytes) -> bytes:
    """Return a save without a byte-order mark, with a line feed after each line, and after a last one that is whole."""
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    return data if unseal(data[data.rfind(b"\n") + 1 :]) is None else data + b"\n"


def _sealed(data: bytes, start: int, name: str) -> tuple[list[bytes], int]:
    """Return the JSON of every line after the header up to the first that is damaged, and where that begins.

    Raises:
        SaveError: there are too many.
    """
    bodies: list[bytes] = []
    while (end := data.find(b"\n", start)) >= 0:
        body = unseal(data[start:end])
        if body is None:
            break
        if len(bodies) == MAX_ACTIONS:
            raise SaveError(mark("{name} has more than {count:,} actions; that is no save of a night"), name=name, count=MAX_ACTIONS)
        bodies.append(body)
        start = end + 1
    return bodies, start


def _good_line_after(data: bytes, start: int) -> bool:
    """Tell whether anywhere from `start` on a whole line carries its right checksum."""
    for found in _SEALED.finditer(data, start):
        line = max(data.rfind(b"\n", start, found.start()) + 1, start)
        if unseal(data[line : found.end() - 1]) is not None:
            return True
    return False


def _top(line: bytes, name: str, today: int, steps: Mapping[int, migrate.Step]) -> tuple[bytes, int]:
    """Return the header's JSON and the number of its format."""
    import json

    body = unseal(line) if len(line) <= MAX_HEADER else None
    if body is None:
        raise SaveDamaged(mark("{name}: the first line is damaged, or this is no save of Eternal"), 1, name=name)
    try:
        found = json.loads(body, object_pairs_hook=_once).get("eternal")
    except (ValueError, RecursionError, AttributeError):
        found = None
    if type(found) is not int:
        raise SaveError(mark("{name}: the first line is not the header of a save"), name=name)
    if found > today:
        raise SaveError(mark("{name} was written by a later version of Eternal; update to open it"), name=name)
    if not migrate.knows(found, today, steps):
        raise SaveError(mark("{name}: there is no format {number} of saves"), name=name, number=found)
    return body, found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose keys stand in it once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands in it twice")
    return found


def _header(body: bytes, name: str) -> SaveHeader:
    try:
        header = _header_decoder.decode(body)
    except UNREADABLE:
        raise SaveError(mark("{name}: the first line is not the header of a save"), name=name) from None
    if any(FORBIDDEN.search(text) or "\n" in text or "\t" in text for text in (header.version, header.locale, header.created)):
        raise SaveError(mark("{name}: the header has characters that no save writes"), name=name)
    return header


def _records(bodies: list[bytes]) -> Iterator[Record]:
    """Yield the actions up to the first line that is none, however well it is sealed."""
    for number, body in enumerate(bodies, start=1):
        try:
            record = _record_decoder.decode(body)
        except UNREADABLE:
            return
        if record.n != number or not record.is_sound or body.count(b":") != _COLONS or len(body) > MAX_LINE:
            return
        yield record


def _brought(top: bytes, bodies: list[bytes], name: str, today: int, steps: Mapping[int, migrate.Step]) -> tuple[bytes, list[bytes]]:
    """Bring the lines of an earlier format to that of today."""
    import json

    try:
        lines = [json.loads(line, object_pairs_hook=_once) for line in (top, *bodies)]
        header, *records = map(msgspec.json.encode, migrate.migrate(lines, today, steps))
    except (ValueError, RecursionError, LookupError, TypeError):
        raise SaveError(mark("{name}: this is not a whole save of the format it says"), name=name) from None
    return header, records
