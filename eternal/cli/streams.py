"""The streams of a process that was started with them full, closed, gone, or unable to take every letter."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

__all__ = ["explain", "give_up_stdout", "make_ready", "printed"]


def make_ready() -> None:
    """Make the streams fit to be used: none missing, and none that a character can break.

    A process started without a stream (`>&-`) gets one that leads nowhere: what it has to say is not wanted. Each takes its
    own number, for the next file that is opened would take it, a save perhaps, and what is written to the stream would be
    written into that. What an encoding lacks becomes a question mark, and what cannot be decoded a sign that says so.
    """
    for name, flags in (("stdin", os.O_RDONLY), ("stdout", os.O_WRONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, flags)
            os.set_inheritable(descriptor, True)
            setattr(sys, name, os.fdopen(descriptor, "r" if name == "stdin" else "w", encoding="utf-8"))
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def give_up_stdout() -> None:
    """Let the interpreter's last flush go nowhere instead of failing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def printed(words: str | bytes) -> None:
    """Print what was found out. Whoever stops reading in the midst of it is told the verdict by the exit code all the same."""
    try:
        if isinstance(words, bytes):
            sys.stdout.buffer.write(words)
        else:
            print(words)
        sys.stdout.flush()
    except BrokenPipeError:
        give_up_stdout()


def explain(error: OSError) -> str:
    """Say in one line what the system refused: of a file by its name, else of the output."""
    import errno

    why = (error.strerror or str(error)).lower()
    if error.filename is not None:
        return f"{os.fsdecode(error.filename)}: {why}"
    # What writing to a pipe, a terminal or a full disk fails with.
    output = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG, errno.EBADF}
    return f"the output cannot be written: {why}" if error.errno in output else why
