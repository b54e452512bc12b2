"""The save file: UTF-8 JSON Lines, a header and a line an action, each with a checksum of itself.

    {"eternal":1,"story":"eternal","version":"1","digest":"…","seed":7,"locale":"en","past":[],"created":"…","sum":"1f0c22ab"}
    {"n":1,"do":"choose","id":"walk","in":"valentine","state":"0badc0ffee11","sum":"77ab0142"}

Readable, diffable, mergeable by eye. Nothing in it is ever executed, and no path in it is followed: every name it can
hold is an id of a story, and a story is only ever looked up by what the player has named. `parse.py` reads it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.saves.errors import UNREADABLE, SaveError
from eternal.story.story import Story

__all__ = [
    "FORMAT",
    "MAX_ACTIONS",
    "MAX_BYTES",
    "Parsed",
    "Record",
    "SaveHeader",
    "encode_header",
    "encode_record",
    "seal",
    "unseal",
]

#: The number of this format; a change comes with its migration (`migrate.py`) and its golden journals.
FORMAT = 1
#: A night has some hundred actions; this many are still played again within two seconds and 50 MB.
MAX_ACTIONS = 20_000
#: Room for as many of the longest lines that there can be.
MAX_BYTES = 6_000_000

_Id = Annotated[str, Meta(pattern=r"^[a-z0-9'-]{1,60}\Z")]
_Hex = Annotated[str, Meta(pattern=r"^[0-9a-f]{8,64}\Z")]
_Step = Annotated[int, Meta(ge=0, le=MAX_ACTIONS)]


class SaveHeader(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a night was begun with."""

    eternal: int = FORMAT
    story: _Id
    version: Annotated[str, Meta(max_length=40)]
    digest: _Hex
    seed: Annotated[int, Meta(ge=0, le=2**53)]
    locale: Annotated[str, Meta(max_length=60)] = "en"
    past: Annotated[tuple[_Id, ...], Meta(max_length=500)] = ()
    created: Annotated[str, Meta(max_length=40)] = ""

    @classmethod
    def of(cls, story: Story, seed: int, past: tuple[str, ...], locale: str) -> SaveHeader:
        """Return the header of a night that is begun at this moment."""
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return cls(
            story=story.id, version=story.header.version, digest=story.digest, seed=seed, locale=locale, past=past, created=now
        )  # fmt: skip


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One action: its number, what was done, in which scene, and the digest of the state after it.

    A rewind has `to`, everything else an `id`.
    """

    n: Annotated[int, Meta(ge=1, le=MAX_ACTIONS)]
    do: Annotated[str, Meta(max_length=10)]
    id: _Id | None = None
    to: _Step | None = None
    scene: _Id = field(name="in")
    state: _Hex

    @property
    def action(self) -> Action:
        """The action as the engine knows it."""
        if self.to is not None:
            return Rewind(self.to)
        action: Action = _KINDS[self.do](self.id)
        return action

    @property
    def what(self) -> str:
        """The action in two words, as a message names it: `choose walk`, `rewind 3`."""
        return f"{self.do} {self.to if self.id is None else self.id}"

    @property
    def is_sound(self) -> bool:
        """Whether its parts make an action."""
        if self.do == "rewind":
            return self.to is not None and self.id is None
        return self.do in _KINDS and self.id is not None and self.to is None

    @classmethod
    def of(cls, number: int, action: Action, scene: str, state: str) -> Record:
        """Return the record of an action."""
        if isinstance(action, Rewind):
            return cls(n=number, do=action.verb, to=action.to, scene=scene, state=state)
        return cls(n=number, do=action.verb, id=action.id, scene=scene, state=state)


_KINDS: dict[str, Any] = {"choose": Choose, "keep": Keep, "drop": Drop, "hide": Hide, "flee": Flee}


class Parsed(Struct, frozen=True):
    """A save as it was read.

    Attributes:
        header: what the night was begun with.
        records: its actions.
        good: how many bytes of the file are good.
        torn: how many at its end are not.
        format: the format it was written in; header and records are in that of today.
    """

    header: SaveHeader
    records: tuple[Record, ...]
    good: int
    torn: int
    format: int = FORMAT


def encode_header(header: SaveHeader) -> bytes:
    """Return the first line of a save.

    Raises:
        SaveError: it could not be read again: a seed out of range, a story id that is none.
    """
    body = msgspec.json.encode(header)
    try:
        msgspec.json.decode(body, type=SaveHeader)
    except UNREADABLE as error:
        raise SaveError(f"a night cannot be begun so: {str(error).lower()}") from None
    return seal(body)


def encode_record(record: Record) -> bytes:
    """Return the line of an action."""
    return seal(msgspec.json.encode(record))


def _checksum(body: bytes) -> bytes:
    """Return the eight digits that seal a line, in this and every other format."""
    return blake2b(body, digest_size=4).hexdigest().encode()


def seal(line: bytes) -> bytes:
    """Return a JSON object as a line with its checksum."""
    body = line[:-1]
    return body + b',"sum":"' + _checksum(body) + b'"}\n'


_SEAL = len(b',"sum":"00000000"}')


def unseal(line: bytes) -> bytes | None:
    """Return a line's JSON if its checksum is right."""
    body = line[:-_SEAL]
    return body + b"}" if line[-_SEAL:] == b',"sum":"' + _checksum(body) + b'"}' else None
