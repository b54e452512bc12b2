"""The interface's own words, in the player's language: `_("text")`, as gettext's readers know it.

One process speaks one language at a time. The catalogs (`eternal/locale/vi.mo`) are made like a story's; what has not been
translated is said in English.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["FOLDER", "_", "interface_languages", "mark", "speak"]

#: Where the catalogs of the interface are.
FOLDER = Path(__file__).resolve().parent / "locale"

_texts: dict[str, str] = {}


def _(text: str) -> str:
    """Return a text of the interface in the language that is spoken. Fill in values afterwards: `_("{n} beats").format(n=2)`."""
    return _texts.get(text) or text


def mark(text: str) -> str:
    """Return the text as it is: it is said, and translated, elsewhere."""
    return text


def interface_languages() -> tuple[str, ...]:
    """Return the languages that the interface has been translated into, English first."""
    return ("en", *sorted(file.stem for file in FOLDER.glob("*.mo")))


def speak(language: str) -> bool:
    """Speak a language from now on; False, and English, if there is no catalog of it that can be read."""
    _texts.clear()
    path = FOLDER / f"{language}.mo"
    if language not in interface_languages()[1:]:
        return language == "en"
    from eternal.mo import read_mo

    try:
        _texts.update(read_mo(path.read_bytes()))
    except (OSError, ValueError):
        return False
    return True
