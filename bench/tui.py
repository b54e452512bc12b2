"""The terminal face, from outside: when it shows, when it answers, what a page, a dissolving page and a still one cost."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path
from statistics import median, quantiles

import msgspec

from bench.measure import pairs, row
from bench.terminal import Watched
from bench.walk import Page, quiet, stand, walk

#: Seconds for which something is watched that goes on by itself.
LONG = 10.0

_HELLO, _PAGES = ["-m", "bench.apps.hello"], ["-m", "bench.apps.pages"]
_NAME = "A new night"
#: What Textual writes when it begins to read keys and the mouse.
_POINTER_IS_READ = "\x1b[?1006h"
#: The cursor before the second row of the title: its mark, and the words in the accent's colour.
_POINTED = "\x1b[38;2;107;163;214;48;2;11;14;20mNights"


def run() -> None:
    """Print a row a goal: ours, the bare app's, and the ratio."""
    row("on a terminal", "ours", "bare Textual", "ratio")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        env = {**os.environ, "ETERNAL_HOME": folder, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        env.pop("NO_COLOR", None)
        quiet(home)
        pages = walk(1)
        (home / "pages.json").write_bytes(msgspec.json.encode([(page.text, page.choices) for page in pages]))
        _title(env)
        _answer(env)
        _begun(env)
        for size in ((80, 24), (120, 40)):
            _page(env, home, pages, size)
        _still(env, home)
        _ended(env)
        _night(env, pages)
        _dissolve(env, pages)


def _title(env: dict[str, str]) -> None:
    """From the start of Python to the title's words, against a Python that only prints."""

    def shown(args: list[str], word: str) -> float:
        with Watched(args, env) as watched:
            return watched.until(word)

    with Watched(["-m", "eternal"], env) as first:  # a player's second time: the title is kept when the game is left
        first.until(_POINTER_IS_READ)
        first.settle()
        first.send("q")
        first.end()
    ours, bare, ratio = pairs(lambda: shown(["-m", "eternal"], _NAME), lambda: shown(["-c", "print('title')"], "title"), 15)
    row("title on the screen / python -c print", f"{ours * 1000:.0f} ms", f"{bare * 1000:.0f} ms", f"{ratio:.2f}")
    row("    after Python's own start", f"{(ours - bare) * 1000:.0f} ms", "", "")


def _answer(env: dict[str, str]) -> None:
    """From the start to the answer to a key that has been waiting: the first frame that is more than a picture."""

    def answered(args: list[str], *words: str) -> float:
        with Watched(args, env) as watched:
            watched.until("\x1b[?1049h")
            watched.send("\x1b[B")
            return watched.until(*words)

    ours, bare, ratio = pairs(lambda: answered(["-m", "eternal"], _POINTED), lambda: answered(_HELLO, "answered"), 15)
    row("first key answered / bare hello", f"{ours * 1000:.0f} ms", f"{bare * 1000:.0f} ms", f"{ratio:.2f}")


def _begun(env: dict[str, str]) -> None:
    """From the key on the title to the first page of a night, a second after the start: what the title did not import was to come."""

    def begun() -> float:
        with tempfile.TemporaryDirectory() as folder:
            quiet(Path(folder))
            with Watched(["-m", "eternal"], {**env, "ETERNAL_HOME": folder}) as watched:
                watched.until(_POINTER_IS_READ)
                watched.settle(1.0)
                return watched.press("\r")

    row("a new night, from its key", f"{median(begun() for _ in range(7)) * 1000:.0f} ms", "", "")


def _page(env: dict[str, str], home: Path, pages: list[Page], size: tuple[int, int]) -> None:
    """From a key to the last byte of a whole new page, on the disk before it is seen."""
    with (
        Watched(["-m", "eternal", "--new", "--seed", "1"], env, size) as ours,
        Watched([*_PAGES, str(home / "pages.json")], env, size) as bare,
    ):
        for watched in (ours, bare):
            watched.settle(1.5)
        times = [(ours.press(page.key), bare.press(page.key)) for page in pages[:-1]]
    mine, theirs = ([pair[which] for pair in times] for which in (0, 1))
    where = f"key to a new page, {size[0]}x{size[1]}"
    ratio = median(a / b for a, b in times)
    row(f"{where}, median of {len(times)}", f"{median(mine) * 1000:.1f} ms", f"{median(theirs) * 1000:.1f} ms", f"{ratio:.2f}")
    p95 = [quantiles(values, n=20)[-1] for values in (mine, theirs)]
    row(f"{where}, p95", f"{p95[0] * 1000:.1f} ms", f"{p95[1] * 1000:.1f} ms", f"{p95[0] / p95[1]:.2f}")


def _still(env: dict[str, str], home: Path) -> None:
    """What a page costs that nobody touches."""
    with Watched(["-m", "eternal", "--new", "--seed", "1"], env) as ours, Watched([*_PAGES, str(home / "pages.json")], env) as bare:
        for watched in (ours, bare):
            watched.settle(2.0)
        before, sent = (ours.cpu(), bare.cpu()), len(ours.sent)
        ours.read(LONG), bare.read(0.01)
        mine, theirs = ours.cpu() - before[0], bare.cpu() - before[1]
        row("idle, of a core", f"{mine / LONG:.2%}", f"{theirs / LONG:.2%}", f"{mine / theirs:.2f}")
        row(f"idle, bytes written in {LONG:.0f} s", f"{len(ours.sent) - sent}", "", "")


def _ended(env: dict[str, str]) -> None:
    """From SIGTERM to the end of the process, the terminal as it was."""

    def gone(args: list[str]) -> float:
        with Watched(args, env) as watched:
            watched.until(_POINTER_IS_READ)
            watched.settle()
            return watched.end(signal.SIGTERM)

    ours = median(gone(["-m", "eternal", "--new"]) for _ in range(5))
    row("gone after SIGTERM", f"{ours * 1000:.0f} ms", "", "")


def _night(env: dict[str, str], pages: list[Page]) -> None:
    """What it holds after a whole night."""
    with Watched(["-m", "eternal", "--new", "--seed", "1"], env) as ours, Watched(_HELLO, env) as bare:
        for watched in (ours, bare):
            watched.settle(1.5)
        for page in pages:
            ours.press(page.key)
        now, hello = ours.memory(), bare.memory()
        row(f"memory after a night of {len(pages)} choices", f"{now:.0f} MB", f"{hello:.0f} MB", f"{now / hello:.2f}")


def _dissolve(env: dict[str, str], pages: list[Page]) -> None:
    """What a page costs whose words are going, at twenty frames a second."""
    with tempfile.TemporaryDirectory() as folder:
        home, most = Path(folder), max(pages, key=lambda page: (100 - page.integrity) * len(page.text))
        quiet(home, animation="full")
        stand(pages, pages.index(most), 1, home)
        with Watched(["-m", "eternal", "--continue"], {**env, "ETERNAL_HOME": folder}) as ours:
            ours.settle(2.0)
            ours.read(30.0)  # the page is left alone to be read, and then its words begin to go
            before, sent, frames = ours.cpu(), len(ours.sent), 0
            end = ours.last + LONG
            while ours.last < end and ours.read(1.0):
                frames += 1
            seconds = LONG + ours.last - end
            taken = ours.cpu() - before
        row(f"words going at {frames / seconds:.0f} frames a second, of a core", f"{taken / seconds:.1%}", "", "")
        row("    bytes a frame", f"{(len(ours.sent) - sent) / frames:.0f}", "", "")
