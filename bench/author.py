"""The author's bench: checking against reading, drawing, and how soon a saved change stands on the page."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.measure import inside, row, seconds
from bench.stories import generate
from eternal.author.graph import as_dot, as_mermaid, as_svg, as_text, graph_of
from eternal.author.graph.model import Graph
from eternal.author.watch import open_bench
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story
from eternal.tui.watch.app import WatchApp

_CHECK = """
import sys, time
from pathlib import Path
from eternal.author.check import check
from eternal.story.load import load
pack = Path(sys.argv[1])
begun = time.perf_counter(); load(pack, cached=False); read = time.perf_counter() - begun
begun = time.perf_counter(); check(pack); checked = time.perf_counter() - begun
print(read, checked, checked / read)
"""
_FORMS = {"text": as_text, "mermaid": as_mermaid, "dot": as_dot, "svg": as_svg}
_CHANGES, _HOLE = 15, "@title@"


def run() -> None:
    """Print three tables: check, graph, watch."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packs = {"shipped": SHIPPED} | {f"{size:,} scenes": generate(folder / str(size), size) for size in (100, 1_000, 10_000)}
        _check(packs)
        _graph(packs)
        _watch({name: shutil.copytree(pack, folder / f"watched-{number}") for number, (name, pack) in enumerate(packs.items())})


def _check(packs: dict[str, Path]) -> None:
    row("check", "reading", "checking", "check/read")
    for name, pack in packs.items():
        read, checked, ratio = inside(_CHECK, str(pack), runs=3 if "10,000" in name else 5)
        row(name, f"{read * 1000:.0f} ms", f"{checked * 1000:.0f} ms", f"{ratio:.2f}")


def _graph(packs: dict[str, Path]) -> None:
    row("graph of a story that is read", *_FORMS)
    for name, pack in packs.items():
        story = load(pack, cached=False)
        row(name, *(f"{_drawing(story, draw, 1 if '10,000' in name else 5) * 1000:.0f} ms" for draw in _FORMS.values()))


def _drawing(story: Story, draw: Callable[[Graph], str], runs: int) -> float:
    return seconds(lambda: draw(graph_of(story, motifs=True)), runs)


def _watch(packs: dict[str, Path]) -> None:
    row("watch: from the write to the painted page", "median", "longest")
    for name, pack in packs.items():
        took = asyncio.run(_changes(pack, *_first_scene(pack)))
        row(name, f"{median(took) * 1000:.0f} ms", f"{max(took) * 1000:.0f} ms")


def _first_scene(pack: Path) -> tuple[Path, str]:
    """Return the file of the first scene, and its text with a hole where the scene's title is."""
    begin = f"id: {load(pack, cached=False).header.start}\ntitle: "
    for file in sorted(pack.rglob("*.yaml")):
        before, found, after = file.read_text(encoding="utf-8").partition(begin)
        if found:
            return file, f"{before}{begin}{_HOLE}\n{after.partition(chr(10))[2]}"
    raise FileNotFoundError(pack)


async def _changes(pack: Path, file: Path, text: str) -> list[float]:
    """Change the title of the first scene again and again, and return how long each took to stand at the top of the window."""
    bench, _ = open_bench(pack)
    app, took = WatchApp(bench), []
    async with app.run_test(size=(120, 40)) as pilot:
        for number in range(_CHANGES):
            await asyncio.to_thread(file.write_text, text.replace(_HOLE, f"Number {number}"), encoding="utf-8")
            begun = perf_counter()
            while f"Number {number}" not in str(app.query_one("#top").render()):
                await pilot.pause()
            took.append(perf_counter() - begun)
    return took
