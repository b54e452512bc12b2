"""A story in another language: texts by key, read from the compiled catalogs (`locale/vi.mo`) that lie with it.

The format is GNU gettext's (`eternal/mo.py`); Babel writes it (`eternal locale`).
"""

from __future__ import annotations

from pathlib import Path

from eternal.mo import LARGEST, SEPARATOR, read_mo

__all__ = ["Catalog", "languages", "read_catalog"]


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
        return self._texts.get(f"{key}{SEPARATOR}{text}") or text


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
            return source.read(LARGEST + 1)
    from zipfile import ZipFile

    with ZipFile(pack) as archive:
        name = next(name for name in archive.namelist() if _is_catalog(name) and Path(name).stem == language)
        with archive.open(name) as source:
            return source.read(LARGEST + 1)
