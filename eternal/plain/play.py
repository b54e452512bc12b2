"""The plain face: the whole game in lines, for pipes, screen readers and terminals that can do no more."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from string import ascii_lowercase
from typing import TextIO, TypeVar

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep
from eternal.engine.view import View
from eternal.errors import Refused
from eternal.locations import saves_folder
from eternal.plain.opening import open_night, read_line
from eternal.plain.text import hands_lines, map_lines, page_lines, way_lines
from eternal.safety import clean, clean_name
from eternal.saves.disk import explain
from eternal.saves.profile import remember
from eternal.saves.save import Save
from eternal.speech import _, mark
from eternal.story.languages import say
from eternal.story.load import SHIPPED
from eternal.story.story import Story
from eternal.wording.dark import been_in
from eternal.wording.lines import WIDTH, letters, poem
from eternal.wording.news import news_rows

__all__ = ["Plain", "run"]

_T = TypeVar("_T")

HELP = mark("""\
a number      take that choice
a letter      keep those words (also: keep a)
hands         what you hold, and what is hidden
hide a        hide what is in hand here (letters as in 'hands')
drop a        let go of what is in hand
flee          the ways to run; flee 1 takes the first
map           the memories and what is left of them
look          read the page again
back          take the last thing back
save          where this night is saved
quit          stop; the night is kept, and goes on with --continue""")


def run(story: Story, *, seed: int | None, mode: str, save: Path | None, locale: str | None = None) -> int:
    """Play on standard input and output.

    Which night that is, `open_night` tells.

    Returns:
        0, also when the input ends; 130 when interrupted. The night is saved either way.
    """
    opened = open_night(story, seed, mode, save, locale)
    if opened is None:
        return 0
    with opened as night:
        night.game.locale = locale
        return Plain(night, sys.stdin, sys.stdout).play()


class Plain:
    """A night read from one stream and written to another."""

    def __init__(self, save: Save, source: TextIO, target: TextIO) -> None:
        """Play `save`, taking lines from `source` and writing pages to `target`."""
        self.save = save
        self.game = save.game
        self.source = source
        self.target = target
        self.width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns) if target.isatty() else WIDTH
        self._told: str | None = None
        self._noticed = 0

    def play(self) -> int:
        """Play until an ending, the end of the input, or an interrupt."""
        self._notices()
        try:
            return self._play()
        except KeyboardInterrupt:
            self.say("", self.kept())
            return 130

    def _play(self) -> int:
        self._heading()
        self.show(page_lines(self.page, self.width))
        while not self.game.is_over:
            if not self.page.choices:
                self.say(_("The story has no way on from here. 'back' takes the last thing back."))
            line = self._read()
            if line is None:
                self.say("", self.kept())
                return 0
            if line in ("quit", "exit", "q"):
                self.say(self.kept())
                return 0
            if line:
                self.obey(line)
        self._end()
        return 0

    @property
    def page(self) -> View:
        """The page as it stands."""
        return self.game.view

    def been(self) -> frozenset[str]:
        """Return the places that this night has led through."""
        return been_in(self.game.story, (self.game.states[number] for number in self.game.path()))

    def _read(self) -> str | None:
        """Return the next line without what surrounds it, or None where the input ends."""
        if self.target.isatty():
            print("> ", end="", file=self.target, flush=True)
        line = read_line(self.source)
        return clean(line).strip().lower()[:200] if line is not None else None

    def _notices(self) -> None:
        """Say what there is to say of the file since the last time."""
        self.say(*self.save.notices[self._noticed :])
        self._noticed = len(self.save.notices)

    def _heading(self) -> None:
        story = self.game.story
        self.say(say(story, "story:title", story.header.title, self.game.locale).upper(), _("'help' lists what you can type."))

    def say(self, *lines: str) -> None:
        """Write lines, safe for a terminal."""
        self.show(lines)

    def show(self, lines: Iterable[str]) -> None:
        """Write lines, safe for a terminal."""
        for line in lines:
            print(clean(line), file=self.target)
        self.target.flush()

    def obey(self, line: str) -> None:
        """Do what a line says, or say why not."""
        word, *more = line.split(maxsplit=1)
        rest = more[0] if more else ""
        if word not in letters(self.page):
            word = _SHORT.get(word, word)
        told = _TOLD.get(word)
        before: View | None = self.page
        try:
            if told is not None and not rest:
                told(self)
                return
            if word == "back":
                self.game.rewind()
                before = None
            else:
                self.game.act(self._action(word, rest))
        except Refused as refused:
            self.say(f"{refused.told[:1].upper()}{refused.told[1:]}.")
            return
        self._after(before)

    def _action(self, word: str, rest: str) -> Action:
        """Return the action a line asks for.

        Raises:
            Refused: it asks for nothing that there is.
        """
        page = self.page
        if word.isdecimal():
            return Choose(_nth(page.choices, word, mark("there is no choice {number}; there are {count}")).id)
        if word == "flee":
            return Flee(_nth(page.ways, rest, mark("there is no way {number}; there are {count}")).scene)
        if word in ("hide", "drop"):
            held = {letter: held.id for letter, held in zip(ascii_lowercase, page.hands, strict=False)}
            if not rest and len(held) == 1:
                rest = "a"
            if rest not in held:
                if held:
                    raise Refused("{word} what? 'hands' shows the letters", word=word)
                raise Refused("your hands are empty")
            return Hide(held[rest]) if word == "hide" else Drop(held[rest])
        letter = rest if word == "keep" else word
        if letter in letters(page):
            return Keep(letters(page)[letter])
        raise Refused("{word!r} is nothing you can do here; 'help' lists what is", word=word)

    def _after(self, before: View | None) -> None:
        """Show what came of an action on the page before, and whatever the player must know about the disk."""
        self.show(news_rows(self.game.story, self.page, self.game.locale))
        self.show(page_lines(self.page, self.width, before))
        self._notices()
        if self.save.trouble != self._told:
            self.say(f"! {self.save.trouble}" if self.save.trouble else "! " + _("this night is being saved again"))
            self._told = self.save.trouble

    def kept(self) -> str:
        """Say where the night is, and see to it that it is there."""
        self.save.settle()
        self._notices()
        if self.save.path is None or self.save.trouble:
            return f"{self.save.trouble or _('this night is not being saved')}."
        pack = self.game.story.pack
        shown = "" if pack in (None, SHIPPED) else clean_name(str(pack))
        if self.save.path.parent != saves_folder():
            said = _("This night is kept; 'eternal play {pack}--save {file}' goes on.")
            return said.format(pack=f"{shown} " if shown else "", file=clean_name(str(self.save.path)))
        name = clean_name(self.save.path.stem)
        if shown:
            return _("This night is kept as {name}; 'eternal play {pack} --continue' goes on.").format(name=name, pack=shown)
        return _("This night is kept as {name}; 'eternal --continue' goes on.").format(name=name)

    def _end(self) -> None:
        self.show(poem(self.page))
        try:
            remember(self.game)
        except OSError as error:
            self.say("! " + _("this ending is not remembered: {why}").format(why=explain(error)))


def _nth(things: tuple[_T, ...], word: str, missing: str) -> _T:
    number = int(word) if word.isdecimal() and len(word) < 6 else 0
    if not 1 <= number <= len(things):
        if not word:
            raise Refused("which one? a number, please")
        raise Refused(missing, number=word, count=len(things))
    return things[number - 1]


#: The keys of the terminal face, for who comes from there.
_SHORT = {"?": "help", "m": "map", "f": "flee", "d": "hands", "u": "back"}

#: Words that only tell something.
_TOLD: dict[str, Callable[[Plain], None]] = {
    "help": lambda plain: plain.say(_(HELP)),
    "look": lambda plain: plain.show(page_lines(plain.page, plain.width)),
    "hands": lambda plain: plain.show(hands_lines(plain.page)),
    "map": lambda plain: plain.show(map_lines(plain.page, plain.been())),
    "flee": lambda plain: plain.show(way_lines(plain.page)),
    "save": lambda plain: plain.say(plain.kept()),
}
