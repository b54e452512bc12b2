"""Timing: several runs, the median to quote, ratios taken pair by pair so that a noisy machine spoils neither side alone."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median

__all__ = ["inside", "pairs", "row", "seconds", "whole"]


def seconds(function: Callable[[], object], runs: int = 5) -> float:
    """Return the median time of a call, in seconds, after one that is not counted."""
    function()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return median(times)


def whole(command: Sequence[str], env: dict[str, str] | None = None) -> float:
    """Return how long a whole process takes, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=env)
    return time.perf_counter() - start


def pairs(first: Callable[[], float], second: Callable[[], float], runs: int = 7) -> tuple[float, float, float]:
    """Return the medians of two timings taken in turn, and the median of their ratios."""
    first(), second()
    rows = [(first(), second()) for _ in range(runs)]
    return median(a for a, _ in rows), median(b for _, b in rows), median(a / b for a, b in rows)


def inside(code: str, *args: str, runs: int = 5) -> list[float]:
    """Run code in fresh interpreters and return the median of each number that its last line prints."""
    rows = []
    for _ in range(runs):
        out = subprocess.run([sys.executable, "-c", code, *args], check=True, capture_output=True, text=True).stdout
        rows.append([float(word) for word in out.splitlines()[-1].split()])
    return [median(column) for column in zip(*rows, strict=True)]


def row(name: str, *cells: str) -> None:
    """Print a line of a table."""
    print(f"  {name:<44}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
