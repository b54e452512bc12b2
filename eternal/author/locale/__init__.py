"""Translating a story: its texts as a gettext template, merged into each language's catalog, checked and compiled.

The catalogs lie with the story, in `locale/`: `ID.pot` is the template, `vi.po` what a translator edits, `vi.mo` what the game
reads. The context of every message is the stable id of its scene, block, choice or fragment.
"""

from __future__ import annotations

from eternal.author.locale.check import check
from eternal.author.locale.files import LocaleError, compile_all, extract, tag_of, update

__all__ = ["LocaleError", "check", "compile_all", "extract", "tag_of", "update"]
