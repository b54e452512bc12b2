"""Compiled stories, kept beside the player's other caches so that a later start needs no YAML.

A cache file is trusted for nothing but speed: it must carry this format's mark, a checksum of its payload, the pack's
own path, and either the stamps of the pack's files or their digest. Whatever does not fit is ignored. The payload is
msgpack decoded into the same structs, so a forged one can at worst be another story; conditions are parsed and checked
again when they are first asked.
"""

from __future__ import annotations

import contextlib
import os
import stat
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct, msgpack

from eternal._version import VERSION
from eternal.locations import cache_folder
from eternal.story.pack import MAX_TOTAL, Stamp
from eternal.story.schema import Header, Scene
from eternal.story.story import Index, Story

__all__ = ["fetch", "fetch_by_digest", "store"]

_MARK = f"eternal story cache 1 {VERSION}\n".encode()
_SUM = 16
#: Bytes of a file: a compiled story is about as long as its YAML.
_MAX = 2 * MAX_TOTAL


class _Key(Struct, frozen=True, array_like=True):
    path: str
    digest: str
    stamps: tuple[Stamp, ...]


class _Payload(Struct, frozen=True, array_like=True, gc=False):
    header: Header
    scenes: list[Scene]
    index: Index


#: What decoding bytes that are no story may raise: not of the type, nested without end, no UTF-8.
_UNFIT = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)

_key_decoder = msgpack.Decoder(_Key)
_payload_decoder = msgpack.Decoder(_Payload)


def _file(pack: Path) -> Path:
    return cache_folder() / (blake2b(os.fsencode(pack.absolute()), digest_size=12).hexdigest() + ".story")


def fetch(pack: Path, stamps: tuple[Stamp, ...]) -> Story | None:
    """Return the compiled story of a pack whose files still carry the stamps they were compiled from."""
    found = _open(pack)
    return _decode(pack, *found) if found and found[0].stamps == stamps else None


def fetch_by_digest(pack: Path, stamps: tuple[Stamp, ...], digest: str) -> Story | None:
    """Return the compiled story of a pack whose files were touched but not changed, and note the new stamps."""
    found = _open(pack)
    if not found or found[0].digest != digest:
        return None
    story = _decode(pack, *found)
    if story is not None:
        _write(pack, _Key(found[0].path, digest, stamps), found[1])
    return story


def store(pack: Path, stamps: tuple[Stamp, ...], story: Story) -> None:
    """Keep a compiled story. A cache that cannot be written is no error: the next start is merely slower."""
    payload = msgpack.encode(_Payload(story.header, list(story.scenes.values()), story.index))
    _write(pack, _Key(str(pack.absolute()), story.digest, stamps), payload)


def _read(path: Path) -> bytes:
    """Return what a file has, if it is one and no larger than a story can be: a pipe in its place is not waited for."""
    with open(path, "rb", opener=_at_once) as file:
        return file.read(_MAX) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _open(pack: Path) -> tuple[_Key, bytes] | None:
    try:
        data = _read(_file(pack))
    except OSError:
        return None
    if not data.startswith(_MARK):
        return None
    start = len(_MARK)
    body = memoryview(data)[start + _SUM :]
    if blake2b(body, digest_size=_SUM).digest() != data[start : start + _SUM]:
        return None
    size = int.from_bytes(body[:4], "big")
    try:
        key = _key_decoder.decode(body[4 : 4 + size])
    except _UNFIT:
        return None
    return (key, bytes(body[4 + size :])) if key.path == str(pack.absolute()) else None


def _decode(pack: Path, key: _Key, payload: bytes) -> Story | None:
    try:
        made = _payload_decoder.decode(payload)
    except _UNFIT:
        return None
    story = Story(made.header, {scene.id: scene for scene in made.scenes}, made.index, key.digest, pack)
    return story if _named(story) <= story.scenes.keys() else None


def _named(story: Story) -> set[str]:
    """Return every scene that a night of the story would look up."""
    header, index = story.header, story.index
    named = {header.start, *header.endings, *index.memories, *index.refuges, *index.outside, *index.fragments.values()}
    for scene in story.scenes.values():
        named.update(story.targets(scene))
        named.update([scene.part_of] if scene.part_of else ())
    if header.machine is not None:
        named |= {header.machine.morning, header.machine.broken or header.machine.morning}
    return named


def _write(pack: Path, key: _Key, payload: bytes) -> None:
    head = msgpack.encode(key)
    body = len(head).to_bytes(4, "big") + head + payload
    data = _MARK + blake2b(body, digest_size=_SUM).digest() + body
    file = _file(pack)
    temporary = file.with_name(f"{file.name}.{os.getpid()}.new")
    with contextlib.suppress(OSError):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("xb") as new:
                new.write(data)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
