"""Where output goes when the place it should go to is full, closed or gone."""

from __future__ import annotations

import errno
import os
import sys
from io import TextIOWrapper

__all__ = ["explain", "give_up_stdout", "make_ready"]


def make_ready() -> None:
    """Make the streams fit to be used: none missing, and none that a character can break.

    A process started without a stream (`>&-`) gets one that leads nowhere: what it has to say is not wanted. What the
    encoding of a terminal or a pipe lacks becomes a question mark, and what cannot be decoded a sign that says so.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays open as long as the process
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def give_up_stdout() -> None:
    """Let the interpreter's last flush go nowhere instead of failing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def explain(error: OSError) -> str:
    """Say in one line what the system refused: of a file by its name, else of the output."""
    why = (error.strerror or str(error)).lower()
    if error.filename is not None:
        return f"{os.fsdecode(error.filename)}: {why}"
    return f"the output cannot be written: {why}" if error.errno in _OUTPUT else why


#: What writing to a pipe, a terminal or a full disk fails with.
_OUTPUT = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG, errno.EBADF}
