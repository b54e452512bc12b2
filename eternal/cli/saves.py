"""`eternal saves`: the nights in the player's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from eternal.cli.options import JSON, speak, speak_beforehand
from eternal.cli.paper import print_json
from eternal.safety import clean_name
from eternal.speech import _
from eternal.wording.told import title_like

if TYPE_CHECKING:
    from pathlib import Path

    from eternal.saves.nights import Night
    from eternal.story.story import Story

__all__ = ["command"]


@click.group("saves", invoke_without_command=True)
@JSON
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """List, show, rename and delete nights. Without a command, list them."""
    speak_beforehand()
    if ctx.invoked_subcommand is None:
        _list(as_json=as_json)


@command.command("list")
@JSON
def list_(*, as_json: bool) -> None:
    """List the nights, the one last played first."""
    _list(as_json=as_json)


def _list(*, as_json: bool) -> None:
    from eternal.saves.nights import check_folder, nights

    check_folder()
    story = _shipped()
    found = nights(story)
    if as_json:
        print_json([_plain(night) for night in found])
        return
    if not found:
        print(_("No night has been saved yet."))
    for night in found:
        print(_line(night, story))


def _line(night: Night, story: Story | None) -> str:
    at = night.at
    if at.problem and not at.actions:
        return f"{night.name}: {at.problem}"
    title = title_like(story, at.scene, speak(story, None)) if story is not None and at.story == story.id else at.scene
    where = _("ended: {title}").format(title=title) if at.ending else title
    steps = _("1 step") if at.actions == 1 else _("{count} steps").format(count=at.actions)
    kept = _("{count} kept").format(count=at.held) if at.held else ""
    parts = [night.name, where, at.hour, steps, kept, at.problem, _("a copy") if night.is_copy else ""]
    return "  ".join(part for part in parts if part)


@command.command("show")
@click.argument("name")
@JSON
def show(name: str, *, as_json: bool) -> int:
    """Show one night: NAME in the folder, or a file. Exits 1 if it cannot be played on."""
    from eternal.saves.nights import find, read_night

    night = read_night(find(name), _shipped())
    if as_json:
        print_json(_plain(night))
    else:
        for key, value in _plain(night).items():
            if value not in ("", 0, False):
                print(f"{key:<9} {value}")
    return 1 if night.at.problem else 0


@command.command("rename")
@click.argument("old")
@click.argument("new")
def rename_(old: str, new: str) -> None:
    """Give the night OLD the name NEW: a night in the folder, or a path to a save."""
    from eternal.saves.nights import find_own, rename

    print(_called(rename(find_own(old), new)))


@command.command("delete")
@click.argument("name")
def delete_(name: str) -> None:
    """Delete the night NAME: one in the folder, or a path to a save. This cannot be undone."""
    from eternal.saves.nights import delete, find_own

    path = find_own(name)
    delete(path)
    print(_("deleted {name}").format(name=_called(path)))


def _called(path: Path) -> str:
    """Return the name of a night of the folder; of any other, where it is."""
    from eternal.locations import saves_folder

    return clean_name(path.name.removesuffix(".eternal") if path.parent == saves_folder() else str(path.absolute()))


@command.command("path")
def path_() -> None:
    """Print the folder of the nights."""
    from eternal.locations import saves_folder

    print(clean_name(str(saves_folder())))


def _plain(night: Night) -> dict[str, object]:
    """Return what is said of a night as data; `docs/json.md` promises the names."""
    at = msgspec.structs.asdict(night.at)
    return {"path": clean_name(str(night.path)), "name": night.name, **at, "is_copy": night.is_copy, "copy_of": night.copy_of}


def _shipped() -> Story | None:
    """Return the shipped story, to say where nights stand in it; they are listed without, if it cannot be read."""
    from eternal.cli.options import load_story
    from eternal.story.diagnostics import StoryError

    try:
        return load_story(None)
    except StoryError:
        return None
