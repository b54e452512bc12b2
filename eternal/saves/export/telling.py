"""A night laid out to be told: its pages in order, and what was done on each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from eternal.engine.actions import Action, Verb
from eternal.engine.pages import View
from eternal.engine.view import view
from eternal.safety import clean
from eternal.saves.fold import Folded
from eternal.saves.format import SaveHeader
from eternal.speech import _
from eternal.story.languages import say
from eternal.story.story import Story
from eternal.wording.words import deed, when_words

__all__ = ["Page", "Telling", "tell", "what_was_left"]

Kind = Verb | Literal["begin"]


class Page(Struct, frozen=True):
    """A page of the night.

    Attributes:
        number: how many actions had been taken.
        view: what was to be seen.
        action: what led to it; None for the first.
        done: the same in words.
        is_new: whether its words are others than those of the page before.
    """

    number: int
    view: View
    action: Action | None
    done: str
    is_new: bool

    @property
    def kind(self) -> Kind:
        """What led to it, in one word."""
        return self.action.verb if self.action is not None else "begin"


class Telling(Struct, frozen=True):
    """A night to be told.

    Attributes:
        story: the story.
        header: what the night was begun with.
        locale: the language it is told in.
        pages: every page on the way to where it stands, without what was taken back.
        watched: every page as it was played, with what was taken back.
        stop: where the story of today no longer allows a step, in one line, or empty.
    """

    story: Story
    header: SaveHeader
    locale: str
    pages: tuple[Page, ...]
    watched: tuple[Page, ...]
    stop: str

    @property
    def last(self) -> View:
        """Where the night stands."""
        return self.pages[-1].view

    @property
    def title(self) -> str:
        """The title of the story."""
        return clean(say(self.story, "story:title", self.story.header.title, self.locale))

    @property
    def facts(self) -> tuple[str, ...]:
        """What there is to say about the night as a whole: when it was begun, its seed, its length, its end."""
        taken_back = len(self.watched) - len(self.pages)
        facts = [_("begun {day}").format(day=when_words(self.header.created[:10]))] if self.header.created[:4].isdigit() else []
        facts += [_("seed {seed}").format(seed=self.header.seed), _("{count} steps").format(count=len(self.pages) - 1)]
        facts += [_("{count} taken back").format(count=taken_back)] if taken_back else []
        return (*facts, _("ended: {title}").format(title=self.last.title) if self.last.over else _("not over"))


def tell(folded: Folded, locale: str | None = None) -> Telling:
    """Lay a night out.

    Args:
        folded: the night, played again.
        locale: the language to tell it in; by default the story's own.
    """
    game = folded.game
    story = game.story
    views = [view(story, state, locale) for state in game.states]
    every = tuple(_page(number, views, number - 1, None if number == 0 else game.actions[number - 1]) for number in range(len(views)))
    stop = folded.stop.message if folded.stop else ""
    return Telling(story, folded.header, locale or story.header.language, tuple(_on_the_way(game.path(), views, every)), every, clean(stop))


def _on_the_way(path: list[int], views: list[View], every: tuple[Page, ...]) -> Iterator[Page]:
    for before, number in zip([0, *path], path, strict=False):
        yield _page(number, views, before, every[number].action)


def _page(number: int, views: list[View], before: int, action: Action | None) -> Page:
    if action is None:
        return Page(number, views[number], None, "", is_new=True)
    return Page(number, views[number], action, deed(views[before], action), _words(views[number]) != _words(views[before]))


def _words(page: View) -> tuple[object, ...]:
    return page.scene, tuple((passage.role, passage.text) for passage in page.passages)


def what_was_left(page: View) -> Iterator[str]:
    """Say of each memory that the night knew, and of each refuge that was found, what there is of it."""
    for memory in page.memories:
        if memory.erased or memory.on_map:
            left = _("gone") if memory.erased else _("{percent} percent left").format(percent=memory.integrity)
            yield f"{memory.title} ({when_words(memory.when)}): {left}"
    for refuge in page.refuges:
        left = _("gone") if refuge.erased else _("{hidden} hidden").format(hidden=len(refuge.hidden))
        yield f"{refuge.title}: {left}"
