"""`eternal graph`: the story as text, Mermaid, DOT or SVG."""

from __future__ import annotations

from pathlib import Path

import click

from eternal.cli.options import PACK, load_story

__all__ = ["command"]


@click.command("graph")
@PACK
@click.option("--format", "form", type=click.Choice(["text", "mermaid", "dot", "svg"]), default="text", help="How to draw it.")
@click.option("--motifs", is_flag=True, help="Draw the ways of flight too.")
def command(pack: Path | None, *, form: str, motifs: bool) -> int:
    """Draw PACK: scenes by kind, choices as edges with their conditions; scenes that nobody leads to are marked."""
    from eternal.author.graph import as_dot, as_mermaid, as_svg, as_text, graph_of

    draw = {"text": as_text, "mermaid": as_mermaid, "dot": as_dot, "svg": as_svg}[form]
    click.echo(draw(graph_of(load_story(pack), motifs=motifs)), nl=False)
    return 0
