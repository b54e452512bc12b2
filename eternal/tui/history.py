"""A night as it has been read: page by page, and what was done on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from eternal.engine.actions import Action
from eternal.engine.pages import Passage
from eternal.engine.state import State
from eternal.engine.view import view
from eternal.story.story import Story
from eternal.wording.news import news_lines
from eternal.wording.words import deed, hour_words

__all__ = ["Entry", "entries"]


class Entry(Struct, frozen=True):
    """One step of a night.

    Attributes:
        step: the number of the state in the night's list; going back leads there.
        heading: where and when; empty while one stays on the same page.
        passages: what was new to read.
        news: what the step before had brought, as the line under the page told it.
        deed: what was done then; empty for where the night stands.
    """

    step: int
    heading: str
    passages: tuple[Passage, ...]
    deed: str
    news: tuple[str, ...] = ()


def entries(story: Story, steps: Sequence[tuple[int, State]], actions: Sequence[Action], locale: str | None = None) -> Iterator[Entry]:
    """Yield a night's steps, without what was taken back.

    Args:
        story: the story.
        steps: the states on the way, each with its number.
        actions: the night's actions; action `n` led to state `n`.
        locale: the language to tell it in.
    """
    before: tuple[Passage, ...] = ()
    last = ""
    for place, (number, state) in enumerate(steps):
        page = view(story, state, locale)
        stays = state.scene == last
        known = {passage.text for passage in before} if stays else set()
        fresh = tuple(passage for passage in page.passages if passage.text not in known)
        hour = f"{hour_words(page)} · " if page.machine else ""
        after = steps[place + 1][0] if place + 1 < len(steps) else 0
        done = deed(page, actions[after - 1]) if after else ""
        yield Entry(number, "" if stays else hour + page.title, fresh, done, tuple(news_lines(story, page, locale, own=False)))
        before, last = page.passages, state.scene
