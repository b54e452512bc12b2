"""Which characters may never reach a terminal, and the one place that takes them out.

ESC and its kin move cursors, retitle windows and rewrite what has been shown; bidi overrides make a line read as
another. Neither Rich nor Textual strips them, so a story may not contain them, and whatever else comes from a file or
a person (a save's name, a path) passes through `clean` before it is shown.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["FORBIDDEN", "clean", "clean_name", "name_of", "nfc"]

#: C0 but tab and newline, DEL, C1, line separators, bidi overrides and isolates, byte-order marks, lone surrogates,
#: tag characters, and what Unicode promises never to be a character.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f"
    "\ufdd0-\ufdef" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)) + "]"
)


def clean(text: str) -> str:
    """Return `text` with every forbidden character shown as U+FFFD, safe to write to a terminal."""
    return FORBIDDEN.sub("\ufffd", text)


def clean_name(name: str) -> str:
    """Return the name of a file, safe to write into a line: line breaks and tabs, which a name may have, are shown as U+FFFD too."""
    return clean(name).replace("\n", "\ufffd").replace("\t", "\ufffd")


def nfc(text: str) -> str:
    """Return `text` in Unicode's composed form, so that equal words are equal strings."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def name_of(character: str) -> str:
    """Return how to speak of a character that cannot be shown: `U+001B`."""
    return f"U+{ord(character):04X}"
