"""What a terminal would show of the bytes that a game writes."""

from __future__ import annotations

import re

import pyte

__all__ = ["Drawing"]

#: The beginning of a sequence whose end has not been read yet.
_HALF = re.compile(rb"\x1b(\[[0-9;:<=>?$]*)?\Z")


class Drawing:
    """A terminal's screen, drawn by pyte."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._half = b""

    def feed(self, data: bytes) -> None:
        """Draw what was written."""
        data = self._half + data
        cut = _HALF.search(data)
        self._half = cut.group() if cut else b""
        # pyte does not know the private sequences that ask a terminal about itself.
        self._stream.feed(re.sub(rb"\x1b\[[<>=?][0-9;]*[$]?[a-zA-Z]", _known, data[: len(data) - len(self._half)]))

    def resize(self, width: int, height: int) -> None:
        """Take another size."""
        self.screen.resize(height, width)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)


def _known(found: re.Match[bytes]) -> bytes:
    """Keep only what pyte understands: switching modes."""
    return found.group() if re.fullmatch(rb"\x1b\[\?[0-9;]+[hl]", found.group()) else b""
