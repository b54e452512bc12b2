"""`eternal locale`: a story in other languages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from eternal.cli.options import PACK, load_story, pack_path
from eternal.safety import clean_name

__all__ = ["command"]


@click.group("locale")
def command() -> None:
    """Extract a story's texts, merge them into each language's catalog, check and compile those."""


@command.command("extract")
@PACK
def extract_(pack: Path | None) -> None:
    """Write PACK's texts as a gettext template, locale/ID.pot."""
    from eternal.author.locale import extract

    print(clean_name(str(extract(load_story(pack), pack_path(pack)))))


@command.command("update")
@PACK
@click.option("--locale", "language", help="Begin a catalog of this language if there is none.")
def update_(pack: Path | None, *, language: str | None) -> None:
    """Merge PACK's texts into each catalog, keeping what is translated, and compile them."""
    from eternal.author.locale import LocaleError, compile_all, extract, tag_of, update

    try:
        tag_of("en" if language is None else language)
    except LocaleError as error:
        raise click.BadParameter(error.message, param_hint="--locale") from None
    story, folder = load_story(pack), pack_path(pack)
    extract(story, folder)
    for path in [*update(story, folder, language), *compile_all(folder)]:
        print(clean_name(str(path)))


@command.command("check")
@PACK
def check_(pack: Path | None) -> int:
    """Report what is missing, fuzzy, stale or broken in each catalog. Exits 1 if a page would break."""
    from eternal.author.locale import check

    found = check(load_story(pack), pack_path(pack))
    for complaint in found:
        print(clean_name(str(complaint)), file=sys.stderr if complaint.is_error else sys.stdout)
    broken = sum(complaint.is_error for complaint in found)
    print(f"{broken} errors, {len(found) - broken} warnings")
    return 1 if broken else 0
