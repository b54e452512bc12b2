"""The interface's own words: from the code into `eternal/locale/`, by the same tools as a story's (`make words`)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog

from eternal._version import VERSION
from eternal.author.locale.check import Complaint, Fault, check_catalog
from eternal.author.locale.files import compiled, read, write
from eternal.author.locale.merge import merged
from eternal.speech import FOLDER

__all__ = ["check_interface", "interface_template", "said_in", "update_interface"]

#: The functions whose first argument is said to a player.
KEYWORDS = frozenset({"_", "mark", "Refused"})
_PACKAGE = FOLDER.parent
#: Dates would make every update a change.
_NEVER = datetime(2004, 2, 14, tzinfo=UTC)


def update_interface(languages: tuple[str, ...] = (), folder: Path = FOLDER) -> list[Path]:
    """Write the template, merge it into the catalog of each language, compile those, and return what was written.

    Args:
        languages: languages to begin, beside those that have a catalog.
        folder: where the catalogs are.
    """
    folder.mkdir(exist_ok=True)
    fresh = interface_template()
    write(folder / "eternal.pot", fresh)
    paths = [folder / "eternal.pot"]
    for language in sorted({*languages, *(file.stem for file in folder.glob("*.po"))}):
        path = folder / f"{language}.po"
        write(path, merged(fresh, read(path) if path.exists() else Catalog(), language.replace("-", "_")))
        path.with_suffix(".mo").write_bytes(compiled(path))
        paths += [path, path.with_suffix(".mo")]
    return paths


def check_interface(folder: Path = FOLDER) -> list[Complaint]:
    """Return what is wrong with each catalog of the interface: the same faults as a story's, and values lost or invented."""
    texts = {str(message.id): str(message.id) for message in interface_template() if message.id}
    return [complaint for path in sorted(folder.glob("*.po")) for complaint in check_catalog(path, texts, _values)]


def _values(_key: str, text: str, string: str) -> Iterator[Fault]:
    """Yield the values between braces that differ: what is said would be an error, or say less."""
    try:
        ours, theirs = _fields(text), _fields(string)
    except ValueError as error:
        yield "markup", f"its braces do not close: {error}"
        return
    yield from (("dropped", f"the value {{{what}}} of the original is not here") for what in sorted(ours - theirs))
    yield from (("invented", f"the value {{{what}}} is not in the original") for what in sorted(theirs - ours))


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def interface_template() -> Catalog:
    """Return every text of the interface, as it stands in the code, as an empty catalog."""
    fresh = Catalog(
        project="eternal", version=VERSION, charset="utf-8", fuzzy=False, copyright_holder="The Eternal authors",
        creation_date=_NEVER, revision_date=_NEVER,
    )  # fmt: skip
    fresh.header_comment = "# The words of the interface. What stands in braces is filled in and must stay."
    for path in sorted(_PACKAGE.rglob("*.py")):
        for text in said_in(path.read_text(encoding="utf-8")):
            fresh.add(text, locations=[(f"eternal/{path.relative_to(_PACKAGE).as_posix()}", 0)])
    return fresh


def said_in(source: str) -> list[str]:
    """Return what a module says to a player, in its order.

    Read from the syntax tree, for Babel's reader sees no call inside of an f-string before Python 3.12.
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    found = [
        (call.lineno, call.col_offset, call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS and call.args and isinstance(call.args[0], ast.Constant)
    ]
    return [text for _, _, text in sorted(found, key=lambda call: call[:2]) if isinstance(text, str) and text]


def _main(languages: tuple[str, ...]) -> int:
    for written in update_interface(languages):
        print(written)
    found = check_interface()
    for complaint in found:
        print(complaint)
    return 1 if any(complaint.is_error for complaint in found) else 0


if __name__ == "__main__":
    import sys

    sys.exit(_main(tuple(sys.argv[1:])))
