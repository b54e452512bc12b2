"""A language that nobody speaks, made from the original: longer, accented, and readable, to see a language before it is there.

    python -m eternal.author.locale.pseudo [PACK]

writes `pseudo.po` and `pseudo.mo` beside the story and beside the interface. Every word is longer by its vowels (about 40 %, as
German or Finnish are longer than English) and wears accents; what has to be seen whole (a choice, a title, a line) stands between
⟦ and ⟧, so that what a screen cuts off is seen at once. What shows without accents has escaped translation.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from eternal.author.locale.check import room_of
from eternal.author.locale.files import compiled, extract, locale_folder, read, update, write
from eternal.author.locale.interface import update_interface
from eternal.speech import FOLDER
from eternal.story.story import Story
from eternal.wording.columns import columns

__all__ = ["LANGUAGE", "accented", "write_pseudo"]

#: The tag of the language.
LANGUAGE = "pseudo"

_VOWELS = dict(zip("aeiouyAEIOUY", "àéîôüýÀÉÎÔÜÝ", strict=True))
#: Letters that are said twice.
_TWICE = frozenset("aeiouynsAEIOUY")
_OTHERS = dict(zip("cdghjlnrstwzCDGHJLNRSTWZ", "çďğĥĵļñřšţŵžÇĎĞĤĴĻÑŘŠŢŴŽ", strict=True))
#: What translators keep: where a link leads, values, escapes, and in the interface names of commands between straight quotes.
_KEPT = re.compile(r"\]\([^)]*\)|\{[^}]*\}|\\.|(?<!\w)'[^'\n]+'(?!\w)|--[a-z]+")
#: Which texts of a story are prose, that wraps and scrolls; all others are read at a glance.
_PROSE = re.compile(r":(?:text:\d+(?::\d+)?|answer:.*|collapse|refuses|about)\Z")
#: In the plain face's help the first word of a line is what one types.
_TYPED = re.compile(r"^(?:[a-z]+(?: [a-z])?)(?= {3,})", re.MULTILINE)


def accented(text: str, *, framed: bool = False, room: int = 0) -> str:
    """Return a text of the original as the language has it.

    Args:
        text: the original; what translators keep is kept.
        framed: whether it stands between ⟦ and ⟧.
        room: the columns that it may take, 0 for any number; where it would take more it only wears accents.
    """
    for longer in (True, False):
        said = _said(text, longer=longer)
        said = " · ".join(f"⟦{part}⟧" for part in said.split(" · ")) if framed else said
        if not room or columns(said) <= room:
            break
    return said


def _said(text: str, *, longer: bool) -> str:
    keep = {place for found in (*_KEPT.finditer(text), *_TYPED.finditer(text)) for place in range(*found.span())}
    return "".join(letter if place in keep else _letter(letter, longer=longer) for place, letter in enumerate(text))


def _letter(letter: str, *, longer: bool) -> str:
    said = _VOWELS.get(letter) or _OTHERS.get(letter, letter)
    return said + said.lower() if longer and letter in _TWICE else said


def write_pseudo(story: Story, pack: Path, interface: Path = FOLDER) -> list[Path]:
    """Write the language's catalogs of a story and of the interface, compile them, and return where they are.

    Args:
        story: the story.
        pack: its folder.
        interface: the folder of the interface's catalogs.
    """
    extract(story, pack)
    update(story, pack, LANGUAGE)
    update_interface((LANGUAGE,), interface)
    return [path for folder in (locale_folder(pack), interface) for path in _fill(folder / f"{LANGUAGE}.po")]


def _fill(path: Path) -> list[Path]:
    catalog: Catalog = read(path)
    for message in catalog:
        if message.id:
            _translate(message)
    write(path, catalog)
    target = path.with_suffix(".mo")
    target.write_bytes(compiled(path))
    return [path, target]


def _translate(message: Message) -> None:
    text, key = str(message.id), str(message.context or "")
    message.string = accented(text, framed=bool(key) and not _PROSE.search(key), room=room_of(key))
    message.flags.discard("fuzzy")


def _main(words: list[str]) -> None:
    from eternal.story.load import SHIPPED, load

    pack = Path(words[0]) if words else SHIPPED
    for path in write_pseudo(load(pack), pack):
        print(path)


if __name__ == "__main__":
    _main(sys.argv[1:])
