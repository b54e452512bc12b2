"""`eternal prove`: what every player can meet, settled."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eternal.cli.options import INTERRUPTED, PACK, load_story
from eternal.cli.streams import printed

if TYPE_CHECKING:
    from eternal.author.prove import Proof, Status
    from eternal.story.story import Story

__all__ = ["command", "words_of"]


@click.command("prove")
@PACK
@click.option("--states", type=click.IntRange(1), help="How many states to look at before searching instead.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to share the work.")
@click.option(
    "--saves", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Saves that must still end where their names say."
)
@click.option("--settled", is_flag=True, help="Exit 1 as well if a claim is open.")
@click.option("--json", "json", is_flag=True, help="Print JSON instead (docs/proof.md).")
@click.option("--witness", type=click.Path(path_type=Path, file_okay=False), help="Write a save for every finding here.")
def command(
    pack: Path | None, *, states: int | None, jobs: int, saves: Path | None, settled: bool, json: bool, witness: Path | None
) -> int:
    """Prove what can be proved of PACK: no dead ends, an ending from everywhere, everything reachable, its own claims.

    Each claim is proved, witnessed, refuted or open. Exits 1 if one is refuted. Ctrl+C prints what is known so far, and exits 130.
    """
    from eternal.author.prove import STATES, as_json, as_text, prove

    story = load_story(pack)
    if witness is not None:  # what cannot be written to is told before the work, not after it
        witness.mkdir(parents=True, exist_ok=True)
    with _progress() as progress:
        proof = prove(story, states=states or STATES, jobs=jobs, saves=saves or _saves_beside(pack), progress=progress)
    paths: dict[tuple[str, str], Path] = {}
    failed = _write(story, proof, witness, paths) if witness is not None else None
    printed(as_json(proof, paths) + b"\n" if json else as_text(proof, paths))
    if failed is not None:
        raise failed
    if proof.interrupted:
        return INTERRUPTED
    return 1 if proof.refuted or (settled and proof.open) else 0


def _write(story: Story, proof: Proof, folder: Path, paths: dict[tuple[str, str], Path]) -> OSError | KeyboardInterrupt | None:
    """Write the witnesses and note where they are; return what stopped that: the proof is to be printed nevertheless."""
    from eternal.author.prove import witnesses

    try:
        paths.update(witnesses(story, proof.findings, folder))
    except (OSError, KeyboardInterrupt) as error:
        return error
    return None


def _saves_beside(pack: Path | None) -> Path | None:
    """Return the recorded nights that stand beside the shipped story in a checkout."""
    from eternal.story.load import SHIPPED

    folder = SHIPPED.parent / "saves"
    return folder if pack is None and folder.is_dir() else None


@contextmanager
def _progress() -> Iterator[Callable[[Status], None] | None]:
    """Show where the proof stands, on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("proving") as line:
        yield lambda status: line.update(words_of(status))


def words_of(status: Status) -> str:
    """Say in one line where a proof stands."""
    steps = "steps" if status.stage == "searching" else "states"
    speed = f" · {status.speed:,.0f}/s" if status.stage in ("exploring", "searching") else ""
    frontier = f" · frontier {status.frontier:,}" if status.frontier else ""
    return f"{status.stage}: {status.found}/{status.wanted} settled · {status.states:,} {steps}{speed}{frontier} · {status.seconds:.0f} s"
