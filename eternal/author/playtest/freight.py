"""A story as bytes, so that it can travel to another process or another machine."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct, msgpack

from eternal.story.schema import Header, Scene
from eternal.story.story import Index, Story

__all__ = ["pack", "unpack"]


class _Freight(Struct, frozen=True, array_like=True):
    header: Header
    scenes: tuple[Scene, ...]
    index: Index
    digest: str


_decoder = msgpack.Decoder(_Freight)


def pack(story: Story) -> bytes:
    """Return a story as bytes: smaller and quicker than pickle, and the same on every machine."""
    return msgpack.encode(_Freight(story.header, tuple(story.scenes.values()), story.index, story.digest))


@lru_cache(maxsize=4)
def unpack(data: bytes) -> Story:
    """Return the story again; a worker that gets the same bytes for every piece of work decodes them once."""
    freight = _decoder.decode(data)
    return Story(freight.header, {scene.id: scene for scene in freight.scenes}, freight.index, freight.digest)
