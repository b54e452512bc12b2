"""`eternal schema`: the format as JSON Schema."""

from __future__ import annotations

import json

import click

__all__ = ["command"]


@click.command("schema")
def command() -> None:
    """Print the JSON Schema (2020-12) of a story's files, for editors that complete and explain YAML."""
    from eternal.author.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
