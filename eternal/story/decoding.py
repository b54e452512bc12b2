"""From the bytes of a file to its text, refusing what could reach a terminal as commands."""

from __future__ import annotations

from eternal.safety import FORBIDDEN, clean, name_of, nfc
from eternal.story.diagnostics import Finding, finding

__all__ = ["MAX_FILE", "decode", "place", "shown"]

MAX_FILE = 1_000_000
#: A file with more forbidden characters than this is no text: the first of them is all there is to say.
MAX_FORBIDDEN = 20

#: A byte-order mark, which some editors put before the first character.
_MARK = b"\xef\xbb\xbf"

#: The bytes of printable ASCII, tabs and line ends.
_HARMLESS = bytes([9, 10, 13, *range(0x20, 0x7F)])


def decode(name: str, data: bytes) -> tuple[str, list[Finding]]:
    """Return the text of a file in NFC and what is wrong with its bytes.

    A forbidden character is shown as U+FFFD, and everything around it can be read; without text, nothing can.
    """
    if len(data) > MAX_FILE:
        return "", [finding("E002", name, limit=MAX_FILE)]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        return "", [finding("E001", name, reason="it looks like UTF-16 or UTF-32; save it as UTF-8")]
    body = data.removeprefix(_MARK)
    try:
        text = _lines(body.decode())
    except UnicodeDecodeError as error:
        line, column = place(_lines(body[: error.start].decode()))
        return "", [finding("E001", name, line=line, column=column, reason=f"byte {body[error.start]:#04x}")]
    unusual = body.translate(None, _HARMLESS).decode()  # almost nothing: a search of it is quick
    if not unusual or not FORBIDDEN.search(unusual):
        return nfc(text), []
    return _cleaned(name, text)


def _cleaned(name: str, text: str) -> tuple[str, list[Finding]]:
    """Return a text without its forbidden characters, and where each of them stands."""
    found = []
    for bad in FORBIDDEN.finditer(text):
        line, column = place(text[: bad.start()])
        found.append(finding("E010", name, line=line, column=column, character=name_of(bad.group())))
        if len(found) > MAX_FORBIDDEN:
            return "", found[:1]
    return nfc(clean(text)), found


def shown(data: bytes) -> str:
    """Return the text of a file that may be wrong in its bytes, to show a line of it."""
    return _lines(data[:MAX_FILE].decode("utf-8-sig", "replace"))


def _lines(text: str) -> str:
    """Return a text whose lines all end as on this machine, so that everybody counts them alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def place(before: str) -> tuple[int, int]:
    """Return the line and column that follow a text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")
