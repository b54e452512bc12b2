"""Where output goes when the place it should go to is full, closed or gone."""

from __future__ import annotations

import errno
import os
import sys

__all__ = ["explain", "give_up_stdout", "open_missing"]


def open_missing() -> None:
    """Give a process that was started without a stream (`>&-`) one that leads nowhere: what it has to say is not wanted."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays open as long as the process


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
