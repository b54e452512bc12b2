"""The save file: UTF-8 JSON Lines, a header and a line an action, each with a checksum of itself.

    {"eternal":1,"story":"eternal","version":"1","digest":"…","seed":7,"locale":"en","past":[],"created":"…","sum":"1f0c22ab"}
    {"n":1,"do":"choose","id":"walk","in":"valentine","state":"0badc0ffee11","sum":"77ab0142"}

Readable, diffable, mergeable by eye. Nothing in it is ever executed, and no path in it is followed.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.saves.errors import SaveDamaged, SaveError
from eternal.story.safety import FORBIDDEN

__all__ = ["FORMAT", "MAX_BYTES", "Header", "Parsed", "Record", "encode_header", "encode_record", "parse"]

#: The number of this format; a change comes with its migration.
FORMAT = 1
MAX_BYTES = 32_000_000
MAX_LINE = 4_096
MAX_HEADER = 65_536

_Name = Annotated[str, Meta(min_length=1, max_length=80)]
_Hex = Annotated[str, Meta(pattern=r"^[0-9a-f]{8,64}$")]


class Header(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a night was begun with."""

    eternal: int = FORMAT
    story: _Name
    version: Annotated[str, Meta(max_length=40)]
    digest: _Hex
    seed: Annotated[int, Meta(ge=0, le=2**53)]
    locale: Annotated[str, Meta(max_length=35)] = "en"
    past: Annotated[tuple[_Name, ...], Meta(max_length=500)] = ()
    created: Annotated[str, Meta(max_length=40)] = ""


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One action: its number, what was done, in which scene, and the digest of the state after it."""

    n: Annotated[int, Meta(ge=1)]
    do: Annotated[str, Meta(max_length=10)]
    id: Annotated[str, Meta(max_length=80)] = ""
    to: int = -1
    scene: Annotated[str, Meta(max_length=80)] = field(default="", name="in")
    state: _Hex

    @property
    def action(self) -> Action:
        """The action as the engine knows it."""
        return Rewind(self.to) if self.do == "rewind" else _KINDS[self.do](self.id)

    @classmethod
    def of(cls, number: int, action: Action, scene: str, state: str) -> Record:
        """Return the record of an action."""
        if isinstance(action, Rewind):
            return cls(n=number, do="rewind", to=action.to, scene=scene, state=state)
        return cls(n=number, do=_NAMES[type(action)], id=action.id, scene=scene, state=state)


_KINDS: dict[str, Any] = {"choose": Choose, "keep": Keep, "drop": Drop, "hide": Hide, "flee": Flee}
_NAMES: dict[type, str] = {kind: name for name, kind in _KINDS.items()}


class Parsed(Struct, frozen=True):
    """A save as it was read: header, records, how many bytes of the file are good, and how many at its end are not."""

    header: Header
    records: tuple[Record, ...]
    good: int
    torn: int


def encode_header(header: Header) -> bytes:
    """Return the first line of a save."""
    return _seal(msgspec.json.encode(header))


def encode_record(record: Record) -> bytes:
    """Return the line of an action."""
    return _seal(msgspec.json.encode(record))


def _sum(body: bytes) -> bytes:
    return blake2b(body, digest_size=4).hexdigest().encode()


def _seal(line: bytes) -> bytes:
    body = line[:-1]
    return body + b',"sum":"' + _sum(body) + b'"}\n'


_SEAL = len(b',"sum":"00000000"}')


def _open(line: bytes) -> bytes | None:
    """Return a line's JSON if its checksum is right."""
    body = line[:-_SEAL]
    return body + b"}" if line[-_SEAL:] == b',"sum":"' + _sum(body) + b'"}' else None


_header_decoder = msgspec.json.Decoder(Header)
_record_decoder = msgspec.json.Decoder(Record)


def parse(data: bytes, name: str) -> Parsed:
    """Read a save.

    Lines at the end that are not whole are cut off and counted in `torn`: a writer was interrupted there.

    Raises:
        SaveDamaged: a line is damaged and good ones follow it, or the header is.
        SaveError: it is no save, too large, or of a later format.
    """
    if len(data) > MAX_BYTES:
        raise SaveError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB; that is no save of a night")
    lines = data.split(b"\n")
    whole, rest = lines[:-1], lines[-1]
    if not whole:
        raise SaveDamaged(f"{name} has no whole first line; it is no save, or damaged from the start", 1)
    header = _header(whole[0], name)
    records: list[Record] = []
    good = len(whole[0]) + 1
    for number, line in enumerate(whole[1:], start=2):
        record = _record(line, len(records) + 1)
        if record is None:
            if any(_open(later) is not None for later in whole[number:]):
                raise SaveDamaged(f"{name}: line {number} is damaged, and good lines follow it; the file is left as it is", number)
            break
        records.append(record)
        good += len(line) + 1
    return Parsed(header, tuple(records), good, len(data) - good if good < len(data) or rest else 0)


def _header(line: bytes, name: str) -> Header:
    body = _open(line) if len(line) <= MAX_HEADER else None
    if body is None:
        raise SaveDamaged(f"{name}: the first line is damaged, or this is no save of Eternal", 1)
    try:
        found = msgspec.json.decode(body)
        later = isinstance(found, dict) and isinstance(found.get("eternal"), int) and found["eternal"] > FORMAT
        header = None if later else _header_decoder.decode(body)
    except msgspec.MsgspecError:
        raise SaveError(f"{name}: the first line is not the header of a save") from None
    if header is None:
        raise SaveError(f"{name} was written by a later version of Eternal; update to open it")
    texts = (header.story, header.version, header.locale, header.created, *header.past)
    if any(FORBIDDEN.search(text) or "\n" in text for text in texts):
        raise SaveError(f"{name}: the header has characters that no save writes")
    return header


def _record(line: bytes, number: int) -> Record | None:
    body = _open(line) if len(line) <= MAX_LINE else None
    if body is None:
        return None
    try:
        record = _record_decoder.decode(body)
    except msgspec.MsgspecError:
        return None
    known = record.do == "rewind" or record.do in _KINDS
    clean = not FORBIDDEN.search(record.id + record.scene) and "\n" not in record.id + record.scene
    return record if known and clean and record.n == number else None
