"""Reading, validating and compiling stories, against PyYAML's CSafeLoader on the same text."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.measure import inside, row
from bench.stories import generate
from eternal.story.load import SHIPPED

#: Prints: cold load, CSafeLoader with the collector on, with it off, load from the cache; peak memory of a story, bytes.
_CODE = """
import gc, os, sys, time, tempfile, yaml, tracemalloc
from pathlib import Path
os.environ["ETERNAL_HOME"] = tempfile.mkdtemp()
from eternal.story.load import load
pack = Path(sys.argv[1])
def timed(function):
    start = time.perf_counter(); kept = function(); return time.perf_counter() - start, kept
texts = [file.read_text() for file in sorted(pack.rglob("*.yaml"))]
def safe():
    return [list(yaml.load_all(text, yaml.CSafeLoader)) for text in texts]
on, kept = timed(safe)
del kept; gc.collect()
gc.disable(); off, kept = timed(safe); gc.enable()
del kept; gc.collect()
cold, story = timed(lambda: load(pack))
del story; gc.collect()
warm, story = timed(lambda: load(pack))
del story; gc.collect()
tracemalloc.start(); story = load(pack, cached=False); gc.collect(); size = tracemalloc.get_traced_memory()[0]
print(cold, on, off, warm, size, len(story.scenes))
"""


def run() -> None:
    """Print a row a story: the shipped one, and generated ones of 100, 1,000 and 10,000 scenes."""
    row("story", "cold load", "CSafeLoader", "same, no gc", "cold/CSafe", "cold/no gc", "cache/cold", "KB a scene")
    with tempfile.TemporaryDirectory() as folder:
        packs = {"shipped": SHIPPED} | {f"{size:,} scenes": generate(Path(folder) / str(size), size) for size in (100, 1_000, 10_000)}
        for name, pack in packs.items():
            cold, on, off, warm, size, scenes = inside(_CODE, str(pack), runs=3 if "10,000" in name else 5)
            row(
                name, f"{cold * 1000:.1f} ms", f"{on * 1000:.1f} ms", f"{off * 1000:.1f} ms", f"{cold / on:.2f}", f"{cold / off:.2f}",
                f"{warm / cold:.3f}", f"{size / scenes / 1024:.1f}",
            )  # fmt: skip
