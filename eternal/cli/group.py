"""The commands, each imported when it is asked for."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from eternal._version import VERSION
from eternal.cli.outcome import INTERRUPTED, outcome, say

__all__ = ["run"]

#: Command -> the one line of help that the list shows. Each is the function `command` of the module of its name.
COMMANDS = {
    "play": "Play a story (this is what `eternal` alone does).",
    "replay": "Watch a save, or verify it.",
    "saves": "List, show, rename and delete nights.",
    "check": "Find every mistake in a story.",
    "prove": "Settle what every player can meet.",
    "playtest": "Let players of a temper play by the thousand, and count.",
    "new": "Write a small story to begin with.",
    "schema": "Print the JSON Schema of the story files, for editors.",
    "graph": "Draw a story: as text, Mermaid, DOT or SVG.",
    "stats": "Count a story: words, choices, how long a night is.",
    "diff": "Compare two versions of a story, and try saves on the new one.",
    "locale": "Tell a story in other languages.",
    "serve": "Serve a story to browsers.",
    "watch": "Play a story while you edit it.",
}


class Commands(click.Group):
    """A group that imports a command when it is called, and plays when none is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command's module."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"eternal.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `play` where no command is named, so that `eternal --plain` plays."""
        own = {"--help", "-h", "--version", "-V"}
        if not args or (args[0] not in own and args[0].startswith("-")):
            args = ["play", *args]
        return super().parse_args(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "-V", "--version", message="eternal %(version)s")
@click.option("--debug", is_flag=True, help="Show tracebacks.", expose_value=False)
def group() -> None:
    """A terminal game about memories being erased, and the story engine under it.

    \b
    eternal                  play
    eternal play PACK        play another story: a folder with story.yaml, or a .zip of one
    eternal COMMAND --help   what a command takes
    """  # noqa: D301 - click reads the \b


def run(args: list[str]) -> int:
    """Run the command line.

    Args:
        args: what stands after the program's name.

    Returns:
        0 when all went well, 1 for errors of a story or save, 2 for a wrong command line, 130 when interrupted.
    """
    debug = "--debug" in args
    return outcome(lambda: _clicked([word for word in args if word != "--debug"]), debug=debug)


def _clicked(args: list[str]) -> object:
    """Let click find the command and call it; what it finds wrong with the words is said here."""
    try:
        # Not through `group.main`, which has a word of its own for a reader that has gone.
        with group.make_context("eternal", args) as context:
            return group.invoke(context)
    except click.exceptions.NoArgsIsHelpError as error:  # `eternal locale` alone: what it could be told, as it stands
        print(error.format_message(), file=sys.stderr)
        return 2
    except click.UsageError as error:
        usage = error.ctx.command_path if error.ctx else "eternal"
        return say(f"{error.format_message()} (see '{usage} --help')", 2)
    except click.ClickException as error:
        return say(error.format_message(), 1)
    except click.Abort:
        return INTERRUPTED
    except click.exceptions.Exit as left:  # after --help
        return left.exit_code
