"""Playing a story while it is being written: reload, replay, look inside. Nothing here knows a screen."""

from __future__ import annotations

from eternal.author.watch.bench import Bench
from eternal.author.watch.changes import changes
from eternal.author.watch.inspector import Inspection, inspect
from eternal.author.watch.keeper import MARKED_SUFFIX, Keeper, open_bench
from eternal.author.watch.steps import Step, possible_steps

__all__ = ["MARKED_SUFFIX", "Bench", "Inspection", "Keeper", "Step", "changes", "inspect", "open_bench", "possible_steps"]
