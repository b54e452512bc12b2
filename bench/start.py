"""Starting: the version against Python alone, the first paint against a bare Textual app."""

from __future__ import annotations

import os
import sys
import tempfile

from bench.measure import pairs, row, whole

_BARE = """
import os
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self): yield Static("hello")
    def on_mount(self): self.call_after_refresh(self.exit)
Bare().run(headless=True, size=(80, 24))
"""
_GAME = """
from eternal.story.load import SHIPPED, load
from eternal.tui.stage import Stage
app = Stage(load(SHIPPED))
def leave(): app.call_after_refresh(app.exit)
app.call_later(leave)
app.run(headless=True, size=(80, 24))
"""


def run() -> None:
    """Print start times as whole processes, and their ratios."""
    row("", "ours", "the other", "ratio")
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "ETERNAL_HOME": home}
        _row("eternal --version / python -c pass", ["-m", "eternal", "--version"], ["-c", "pass"], env)
        _row("import eternal / python -c pass", ["-c", "import eternal"], ["-c", "pass"], env)
        _row("title of the game / bare Textual app", ["-c", _GAME], ["-c", _BARE], env)


def _row(name: str, ours: list[str], other: list[str], env: dict[str, str]) -> None:
    def timed(args: list[str]) -> float:
        return whole([sys.executable, *args], env)

    a, b, ratio = pairs(lambda: timed(ours), lambda: timed(other), 9)
    row(name, f"{a * 1000:.0f} ms", f"{b * 1000:.0f} ms", f"{ratio:.2f}")
