"""`eternal playtest`: players of a temper play a story by the hundred."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from eternal.cli.options import PACK, load_story
from eternal.cli.progress import bar
from eternal.cli.streams import printed

__all__ = ["command"]


@click.command("playtest")
@PACK
@click.option("--runs", type=click.IntRange(1, 10_000_000), default=1_000, show_default=True, help="How many nights.")
@click.option("--bot", default="random", show_default=True, help="Who plays: random, first, last, greedy, careful, hasty, fresh.")
@click.option("--seed", type=click.IntRange(0, 2**53), default=0, show_default=True, help="The first night's seed.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to share the work.")
@click.option("--json", "json", is_flag=True, help="Print JSON instead (docs/proof.md).")
@click.option("--witness", type=click.Path(path_type=Path, file_okay=False), help="Write a save for every crash here.")
def command(pack: Path | None, *, runs: int, bot: str, seed: int, jobs: int, json: bool, witness: Path | None) -> int:
    """Let players of one temper play PACK, and print how it went. Exits 1 if a night broke or could not go on."""
    from eternal.author.playtest import TEMPERS, as_json, as_text, playtest, processes, write_crashes

    if bot not in TEMPERS:
        raise click.BadParameter(f"there is no {bot!r}; there are {', '.join(TEMPERS)}", param_hint="--bot")
    story = load_story(pack)
    if witness is not None:  # what cannot be written to is told before the work, not after it
        witness.mkdir(parents=True, exist_ok=True)
    with bar("nights", shown=sys.stderr.isatty()) as progress, processes(jobs) or nullcontext() as executor:
        result = playtest(story, runs=runs, bot=bot, seed=seed, executor=executor, progress=progress)
    printed(as_json(result) + b"\n" if json else as_text(result, color=sys.stdout.isatty()))
    if witness is not None:
        write_crashes(story, result, witness)
    return 0 if result.well else 1
