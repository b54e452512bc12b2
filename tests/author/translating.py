"""What the tests of the locale tools share: a story with a catalog, and a translator's hand in it."""

from __future__ import annotations

from pathlib import Path

from eternal.author.locale import check
from eternal.author.locale.files import read, write
from eternal.story.load import load

__all__ = ["found", "line_of", "translate", "translated"]


def translate(pack: Path, **texts: str) -> None:
    """Put translations into the catalog: `shore__text__0` stands for the key `shore:text:0`."""
    path = pack / "locale" / "vi.po"
    catalog = read(path)
    for message in catalog:
        name = str(message.context or "").replace(":", "__").replace("-", "_")
        if message.id and name in texts:
            message.string = texts[name]
    write(path, catalog)


def translated(pack: Path) -> dict[str, tuple[str, bool]]:
    """Return what the catalog has by key: the translation, and whether it is fuzzy. Obsolete ones have a `~` before their key."""
    catalog = read(pack / "locale" / "vi.po")
    kept = {f"~{message.context}": (str(message.string), message.fuzzy) for message in catalog.obsolete.values()}
    return kept | {str(message.context): (str(message.string), message.fuzzy) for message in catalog if message.id and message.string}


def found(pack: Path) -> dict[str, list[str]]:
    """Return what is complained of, by kind, without what is merely missing."""
    kinds: dict[str, list[str]] = {}
    for complaint in check(load(pack, cached=False), pack):
        if complaint.kind != "missing":
            kinds.setdefault(complaint.kind, []).append(complaint.key)
    return kinds


def line_of(pack: Path, key: str) -> int:
    """Return the line of the catalog on which the translation of a text begins, as an editor counts."""
    lines = (pack / "locale" / "vi.po").read_text(encoding="utf-8").splitlines()
    at = lines.index(f'msgctxt "{key}"')
    return next(number for number, line in enumerate(lines, start=1) if number > at and line.startswith("msgstr"))
