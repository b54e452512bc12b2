"""Proof: what every player can meet, settled once for all of them.

Each claim about a story gets one of four verdicts, never blurred: proved, witnessed, refuted, open.
"""

from __future__ import annotations

from pathlib import Path

from eternal.author.prove.finding import Finding, Night, Proof
from eternal.author.prove.prover import STATES, Prover
from eternal.author.prove.report import as_json, as_text
from eternal.author.prove.status import Progress, Status
from eternal.author.prove.tracing import save_of, witnesses, write_witnesses
from eternal.story.story import Story

__all__ = ["STATES", "Finding", "Night", "Proof", "Status", "as_json", "as_text", "prove", "save_of", "witnesses", "write_witnesses"]


def prove(story: Story, *, states: int = STATES, jobs: int = 1, saves: Path | None = None, progress: Progress | None = None) -> Proof:
    """Settle what can be settled about a story.

    Args:
        story: the story.
        states: how many states to look at; where there are more, a guided search looks for what is left, and what it does not
            find is open.
        jobs: how many processes share the work.
        saves: a folder of saves that must still end where their names say.
        progress: told now and then how it stands.

    Returns:
        Every claim with its verdict. An interruption (`KeyboardInterrupt`) is no error: what is known by then is returned.
    """
    return Prover(story, states=states, jobs=jobs, saves=saves, progress=progress).run()
