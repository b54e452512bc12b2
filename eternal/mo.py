"""Compiled catalogs, as GNU gettext has them and every translation tool knows them.

Reading one takes twenty lines; gettext's own reader would evaluate the plural rule of a stranger's file.
"""

from __future__ import annotations

import struct

from eternal.safety import FORBIDDEN, nfc

__all__ = ["LARGEST", "SEPARATOR", "read_mo"]

#: No catalog has more bytes than this.
LARGEST = 20_000_000
#: Stands between a text's context and the text.
SEPARATOR = "\x04"
_MAGIC = 0x950412DE


def read_mo(data: bytes) -> dict[str, str]:
    r"""Return the texts of a compiled catalog by context, `\x04` and source text.

    Texts with characters that may not reach a terminal are left out: the story's own words stand in for them.

    Raises:
        ValueError: it is no such file, damaged, or too large: its texts may share bytes, but together they are no longer
            than twice the file.
    """
    if len(data) > LARGEST:
        raise ValueError("the catalog is too large")
    try:
        order = "<" if struct.unpack_from("<I", data)[0] == _MAGIC else ">"
        magic, _, count, originals, translations = struct.unpack_from(f"{order}5I", data)
        if magic != _MAGIC or count > LARGEST // 16:
            raise ValueError("this is no compiled catalog")
        places = [struct.unpack_from(f"{order}2I", data, table + 8 * row) for row in range(count) for table in (originals, translations)]
        if sum(length for length, _ in places) > 2 * len(data):
            raise ValueError("the catalog is damaged: its texts overlap")
        said = [nfc(_text(data, *place)) for place in places]
    except (struct.error, UnicodeDecodeError) as error:
        raise ValueError(f"the catalog is damaged: {error}") from None
    return {key: text for key, text in zip(said[::2], said[1::2], strict=True) if key and not FORBIDDEN.search(text)}


def _text(data: bytes, length: int, start: int) -> str:
    if start + length > len(data):
        raise ValueError("the catalog is damaged: a text lies outside of it")
    return data[start : start + length].decode("utf-8")
