"""inkjs, the other engine: installed by name and version into a folder of its own, and run on a story in ink's format."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

__all__ = ["VERSION", "installed", "measured"]

VERSION = "2.4.0"
_SCRIPT = Path(__file__).with_name("prove_ink.cjs")
_FOLDER = Path(__file__).parents[1] / ".venv" / f"inkjs-{VERSION}"
_LIBRARY = _FOLDER / "node_modules" / "inkjs" / "dist" / "ink-full.js"


def installed() -> Path | None:
    """Return where inkjs is, installing it if need be; None, with a word why, where that cannot be done."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        print("  inkjs is left out: there is no node, or no npm")
        return None
    if not _LIBRARY.is_file():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(_FOLDER), "--no-audit", "--no-fund", "--no-save", f"inkjs@{VERSION}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not _LIBRARY.is_file():
            print(f"  inkjs is left out: npm could not install it ({(done.stderr.strip().splitlines() or ['no word why'])[-1]})")
            return None
    return _LIBRARY


def measured(library: Path, source: Path, seconds: float) -> dict[str, float]:
    """Play and explore a story for so long each; return steps, plays, states and compilings a second."""
    command = ["node", str(_SCRIPT), str(library), str(source), str(seconds)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found | {"compiles": 1 / found["compile"]}
