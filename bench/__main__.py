"""Run the benchmarks: those that need nothing but this project, or those whose names are given (`prove` compares with others)."""

from __future__ import annotations

import sys
from importlib import import_module

#: Each is a module of this package with a function `run() -> None`. `prove`, which installs what it compares with, is run by its
#: name alone.
BENCHES = ("start", "load", "play", "author", "tui")


def main() -> None:
    """Run each benchmark under a heading of its own."""
    wanted = sys.argv[1:] or list(BENCHES)
    for name in wanted:
        module = import_module(f"bench.{name}")
        print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}")
        module.run()


if __name__ == "__main__":
    main()
