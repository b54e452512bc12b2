"""One night played by a temper, and counted."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from random import Random
from traceback import extract_tb

from eternal.author.playtest.seat import Deed, Player, Seat
from eternal.author.playtest.tally import Crash, Sample, Tally
from eternal.engine.actions import Action, Choose, Keep
from eternal.engine.choices import blocks, fragments_here, possible
from eternal.engine.state import News, State
from eternal.engine.step import is_over, start, step
from eternal.engine.view import view
from eternal.errors import EternalError
from eternal.story import markup
from eternal.story.story import Story

__all__ = ["LIMIT", "Table", "crash_of"]

#: After so many actions a night is given up: the player goes round in a ring.
LIMIT = 1_500
_WORD = re.compile(r"\w[\w’'-]*")

#: What a page shows: the scene and the numbers of its blocks. Each page is looked at once with all that a face asks for.
_Page = tuple[str, tuple[int, ...]]


@lru_cache(maxsize=16_384)
def words_in(text: str) -> int:
    """Count the words that a reader reads of a text."""
    return sum(len(_WORD.findall(run.text)) for paragraph in markup.paragraphs(text) for run in paragraph.runs)


class Table:
    """Where the nights of one piece of work are played: the story, the player, what has been seen and counted so far."""

    def __init__(self, story: Story, player: Player) -> None:
        """Sit down."""
        self.story = story
        self.player = player
        self.tally = Tally()
        self.ever: Counter[Deed] = Counter()
        self._viewed: set[_Page] = set()
        self._page: _Page = ("", ())

    def play(self, seed: int, rng: Random, *, sample: bool = False) -> None:
        """Play a night to its end and count it; what breaks on the way is kept, not raised."""
        actions: list[Action] = []
        self.tally.nights += 1
        try:
            ending = self._play(seed, rng, actions)
        except EternalError:
            raise
        except Exception as error:  # noqa: BLE001 - finding these is what a play-test is for: each becomes a save and a finding
            self.tally.crashes.append(crash_of(error, seed, actions))
            return
        if sample and ending:
            self.tally.samples.append(Sample(seed, ending, tuple(actions)))

    def _play(self, seed: int, rng: Random, actions: list[Action]) -> str:
        """Play; `actions` always ends with the action that is being taken. Returns the ending, or nothing."""
        state = start(self.story, seed)
        tonight: Counter[Deed] = Counter()
        met = {state.scene}
        self._page = ("", ())
        read = self._read(state, entered=True)
        while not is_over(self.story, state) and len(actions) < LIMIT:
            options = possible(self.story, state)
            if not options:
                self.tally.stuck[state.scene] += 1
                break
            self._count_options(state, options)
            action = self.player(Seat(self.story, state, options, rng, tonight, self.ever))
            actions.append(action)
            tonight[state.scene, action] += 1
            self.ever[state.scene, action] += 1
            after = step(self.story, state, action)
            read += self._count_step(state, action, after)
            met.add(after.scene)
            state = after
        return self._count_end(state, actions, met, read)

    def _count_options(self, state: State, options: list[Action]) -> None:
        self.tally.offered.update((state.scene, option.id) for option in options if isinstance(option, Choose))
        self.tally.shown.update(fragments_here(self.story, state))

    def _count_step(self, before: State, action: Action, after: State) -> int:
        """Count an action, and return the words it gives to read."""
        if isinstance(action, Choose):
            self.tally.taken[before.scene, action.id] += 1
        elif isinstance(action, Keep):
            self.tally.kept[action.id] += 1
        entered = after.scene != before.scene or _leads_back(self.story, before, action)
        return self._read(after, entered=entered) + sum(self._answer(after, news) for news in after.news)

    def _answer(self, state: State, news: News) -> int:
        """Count the words that the page begins with because of what has just been done."""
        text: str | None = None
        scenes = self.story.scenes
        if news.kind == "answer":
            choice = self.story.choice(news.scene, news.about)
            text = choice.answer if choice else None
        elif news.kind == "collapse":
            text = scenes[news.scene].collapse or scenes[news.about].collapse
        elif news.kind == "refuses" and news.about == self.story.head(state.scene):
            text = scenes[news.about].refuses
        return words_in(text) if text else 0

    def _read(self, state: State, *, entered: bool) -> int:
        """Count a page, and return how many words of it are new to who stands before it."""
        shown = tuple(blocks(self.story, state))
        page = (state.scene, tuple(number for number, _ in shown))
        if page not in self._viewed:
            self._viewed.add(page)
            view(self.story, state)
        known = () if entered or self._page[0] != page[0] else self._page[1]
        self._page = page
        if entered:
            self.tally.entries[state.scene] += 1
        self.tally.blocks.update((state.scene, number) for number in page[1] if number not in known)
        return sum(words_in(block.text or block.one_of[0]) for number, block in shown if number not in known)

    def _count_end(self, state: State, actions: list[Action], met: set[str], read: int) -> str:
        tally = self.tally
        tally.met.update(met)
        tally.beats.append(state.beat)
        tally.choices.append(sum(isinstance(action, Choose) for action in actions))
        tally.words.append(read)
        if is_over(self.story, state):
            tally.endings[state.scene] += 1
            return state.scene
        if len(actions) >= LIMIT:
            tally.unfinished[state.scene] += 1
        return ""


def _leads_back(story: Story, state: State, action: Action) -> bool:
    """Tell whether a choice leads to the scene it stands in, which is entered anew."""
    choice = story.choice(state.scene, action.id) if isinstance(action, Choose) else None
    return choice is not None and choice.to == state.scene


def crash_of(error: Exception, seed: int, actions: list[Action]) -> Crash:
    """Describe an exception: its kind and message, and the innermost line of code it came from."""
    frame = extract_tb(error.__traceback__)[-1]
    where = f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
    return Crash(f"{type(error).__name__}: {error}", where, seed, tuple(actions))
