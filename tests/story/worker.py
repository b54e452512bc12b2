"""A process apart that examines packs, each in a child of its own, and reports what it cost.

    python -m tests.story.worker < paths

For each path it prints one line of JSON: exit code, processor seconds, peak memory in MB, the headlines, and what the child
wrote to its error stream. A child is forked after the imports, so the figures are those of the reading alone.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from pathlib import Path

from eternal.errors import EternalError
from eternal.story.load import examine, load

__all__ = ["main"]

#: What no story may need: a child that goes over it is stopped, so that a mistake of ours does not take the machine down.
MEMORY, SECONDS = 1 << 30, 10


def main() -> None:
    """Examine every path that stands on a line of the standard input."""
    for line in sys.stdin:
        print(json.dumps(_measured(Path(line.rstrip("\n")))), flush=True)


def _measured(path: Path) -> dict[str, object]:
    with tempfile.TemporaryFile() as found, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            _examine(path, found.fileno(), errors.fileno())
        _, status, usage = os.wait4(child, 0)
        found.seek(0)
        errors.seek(0)
        headlines = found.read().decode().split("\x00")[:-1]
        return {
            "exit": os.waitstatus_to_exitcode(status),
            "seconds": usage.ru_utime + usage.ru_stime,
            "megabytes": usage.ru_maxrss / 1024,
            "headlines": headlines,
            "stderr": errors.read().decode(errors="replace"),
        }


def _examine(path: Path, found: int, errors: int) -> None:
    """Examine and load in the child, as `eternal check` and `eternal play` would; 1 for a story with errors."""
    os.dup2(errors, 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    code = 3
    try:
        report = examine(path)
        os.write(found, "".join(f"{d.headline}\x00" for d in report.diagnostics).encode())
        try:
            load(path, cached=False)
            code = 0
        except EternalError:
            code = 1
    finally:
        if code == 3:  # an exception nobody foresaw: let it be seen
            sys.excepthook(*sys.exc_info())
        os._exit(code)


if __name__ == "__main__":
    main()
