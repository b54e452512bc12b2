"""A story in another language: texts by key, read from the compiled catalogs (`locale/vi.mo`) that lie with it.

The format is GNU gettext's, which every translation tool knows; Babel writes it (`eternal locale`). Reading it takes
twenty lines and needs no Babel; gettext's own reader would evaluate the plural rule of a stranger's file.
"""

from __future__ import annotations

import struct
from pathlib import Path

from eternal.story.safety import FORBIDDEN, nfc

__all__ = ["Catalog", "languages", "read_catalog", "read_mo"]

_MAX = 20_000_000
_MAGIC = 0x950412DE
_SEPARATOR = "\x04"


class Catalog:
    """The texts of one language.

    Attributes:
        language: its tag, as `vi`.
    """

    def __init__(self, language: str, texts: dict[str, str]) -> None:
        r"""Take texts by `key`, `\x04`, source text."""
        self.language = language
        self._texts = texts

    def __len__(self) -> int:
        """Count the texts."""
        return len(self._texts)

    def say(self, key: str, text: str) -> str:
        """Return a text in this language, or as it is if it has not been translated since it was last changed."""
        return self._texts.get(f"{key}{_SEPARATOR}{text}") or text


def languages(pack: Path) -> tuple[str, ...]:
    """Return the languages that a pack has catalogs for, beside its own."""
    if pack.is_file():
        from zipfile import ZipFile

        from eternal.story.archive import UNREADABLE

        try:
            with ZipFile(pack) as archive:
                return tuple(sorted(Path(name).stem for name in archive.namelist() if _is_catalog(name)))
        except (OSError, *UNREADABLE):
            return ()
    return tuple(sorted(file.stem for file in (pack / "locale").glob("*.mo") if file.is_file()))


def _is_catalog(name: str) -> bool:
    return name.endswith(".mo") and Path(name).parent.name == "locale"


def read_catalog(pack: Path, language: str) -> Catalog | None:
    """Return a pack's catalog of a language, or None if it has none that can be read."""
    from eternal.story.archive import UNREADABLE

    if language not in languages(pack):
        return None
    try:
        return Catalog(language, read_mo(_bytes_of(pack, language)))
    except (OSError, *UNREADABLE):
        return None


def _bytes_of(pack: Path, language: str) -> bytes:
    if not pack.is_file():
        with (pack / "locale" / f"{language}.mo").open("rb") as source:
            return source.read(_MAX + 1)
    from zipfile import ZipFile

    with ZipFile(pack) as archive:
        name = next(name for name in archive.namelist() if _is_catalog(name) and Path(name).stem == language)
        with archive.open(name) as source:
            return source.read(_MAX + 1)


def read_mo(data: bytes) -> dict[str, str]:
    r"""Return the texts of a compiled catalog by context, `\x04` and source text.

    Texts with characters that may not reach a terminal are left out: the story's own words stand in for them.

    Raises:
        ValueError: it is no such file, damaged, or too large: its texts may share bytes, but together they are no longer
            than twice the file.
    """
    if len(data) > _MAX:
        raise ValueError("the catalog is too large")
    try:
        order = "<" if struct.unpack_from("<I", data)[0] == _MAGIC else ">"
        magic, _, count, originals, translations = struct.unpack_from(f"{order}5I", data)
        if magic != _MAGIC or count > _MAX // 16:
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
