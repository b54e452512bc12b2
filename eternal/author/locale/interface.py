"""The interface's own words: from the code into `eternal/locale/`, by the same tools as a story's (`make words`)."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from eternal._version import VERSION
from eternal.author.locale.files import compiled, merged, write
from eternal.speech import FOLDER

__all__ = ["update_interface"]

#: The functions whose first argument is said to a player.
KEYWORDS = dict.fromkeys(("_", "mark", "Refused"))


def update_interface(languages: tuple[str, ...] = ("vi",)) -> list[Path]:
    """Write the template, merge it into the catalog of each language, compile those, and return what was written."""
    FOLDER.mkdir(exist_ok=True)
    fresh = _template()
    write(FOLDER / "eternal.pot", fresh)
    paths = [FOLDER / "eternal.pot"]
    for language in sorted({*languages, *(file.stem for file in FOLDER.glob("*.po"))}):
        path = FOLDER / f"{language}.po"
        write(path, merged(fresh, path))
        path.with_suffix(".mo").write_bytes(compiled(path))
        paths += [path, path.with_suffix(".mo")]
    return paths


def _template() -> Catalog:
    fresh = Catalog(project="eternal", version=VERSION, charset="utf-8", fuzzy=False, copyright_holder="The Eternal authors")
    fresh.header_comment = "# The words of the interface. What stands in braces is filled in and must stay."
    package = FOLDER.parent
    for file, _, text, comments, _ in sorted(
        extract_from_dir(str(package), [("**.py", "python")], keywords=KEYWORDS), key=lambda row: row[:2]
    ):
        if isinstance(text, str):
            fresh.add(text, locations=[(f"eternal/{file}", 0)], auto_comments=comments)
    return fresh


if __name__ == "__main__":
    for written in update_interface():
        print(written)
