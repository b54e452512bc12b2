"""`python -m tests.torture [--seed N] [--much X] [TRIAL …]`: run the trials and print their figures."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.trials import TRIALS


def main() -> int:
    """Run the trials that are named, or all of them. A trial that fails ends with its assertion, and the seed above it."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("trials", nargs="*", metavar="TRIAL", help=f"one of: {', '.join(TRIALS)}")
    parser.add_argument("--seed", type=int, default=2004, help="what chance is drawn from (2004)")
    parser.add_argument("--much", type=float, default=1.0, help="how much of each: 0.1 is a taste, 1 the usual")
    asked = parser.parse_args()
    unknown = [name for name in asked.trials if name not in TRIALS]
    if unknown:
        parser.error(f"there is no trial {unknown[0]!r}")
    with tempfile.TemporaryDirectory(prefix="eternal-torture-") as folder:
        os.environ["ETERNAL_HOME"] = str(Path(folder) / "home")
        for name in asked.trials or TRIALS:
            begun = time.monotonic()
            print(f"{name} (seed {asked.seed})", flush=True)
            for line in TRIALS[name](Path(folder) / name, asked.seed, asked.much):
                print(f"  {line}", flush=True)
            print(f"  {time.monotonic() - begun:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
