"""`eternal graph`: the story as text, Mermaid, DOT or SVG."""

from __future__ import annotations

from pathlib import Path

import click

from eternal.cli.options import PACK, load_story
from eternal.cli.paper import terminal_width

__all__ = ["command"]


@click.command("graph")
@PACK
@click.option("--format", "form", type=click.Choice(["text", "mermaid", "dot", "svg"]), default="text", help="How to draw it.")
@click.option("--motifs", is_flag=True, help="Draw the ways of flight too.")
def command(pack: Path | None, *, form: str, motifs: bool) -> int:
    """Draw PACK: scenes by kind, choices as edges with their conditions; scenes that nobody leads to are marked."""
    from eternal.author.graph import as_dot, as_mermaid, as_svg, as_text, graph_of

    graph = graph_of(load_story(pack), motifs=motifs)
    if form == "text":
        click.echo(as_text(graph, terminal_width()), nl=False)
    else:
        click.echo({"mermaid": as_mermaid, "dot": as_dot, "svg": as_svg}[form](graph), nl=False)
    return 0
