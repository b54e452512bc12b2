"""How a player's earlier nights can have ended, as far as a story's conditions tell them apart.

Nobody has reached an ending that nobody can reach: a past counts only when nights that lead to it have been found, each
of them possible for who had only the ones before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eternal.author.prove.finding import Night
from eternal.engine.fast.reads import reads_of
from eternal.engine.game import Game
from eternal.errors import Refused
from eternal.story.story import Story

__all__ = ["MOST", "Past", "Pasts"]

#: The endings reached so far that are told apart, in the order of their names, as a save's header has them.
Past = tuple[str, ...]
#: More pasts than this are not all tried.
MOST = 64


class Pasts:
    """What a story asks of earlier nights, and the pasts that come of endings.

    Attributes:
        named: the endings that `past('…')` names.
        asked: whether `past()` asks for any ending at all.
    """

    def __init__(self, story: Story, more: Iterable[str]) -> None:
        """Look at a story's conditions and at `more` that are asked besides."""
        calls = {call for call in reads_of(story, more).calls if call[0] == "past"}
        self.story = story
        self.named = frozenset(call[1] for call in calls if len(call) > 1)
        self.asked = ("past",) in calls
        self._leads: dict[tuple[Past, Night], bool] = {}

    @property
    def matter(self) -> bool:
        """Whether anything asks how earlier nights ended."""
        return self.asked or bool(self.named)

    def then(self, past: Past, ending: str) -> Past:
        """Return a past after one more night that ended so; the same if nothing tells them apart."""
        if ending in past or not (ending in self.named or (self.asked and not past)):
            return past
        return tuple(sorted((*past, ending)))

    def further(self, reached: Mapping[Past, Iterable[str]]) -> list[Past]:
        """Return the pasts that come of the endings reached after each past and are not among them."""
        after = (self.then(past, ending) for past, endings in reached.items() for ending in endings)
        return sorted({past for past in after if past not in reached})

    def lived(self, nights: Mapping[str, Night]) -> tuple[Past, ...]:
        """Return some pasts that nights lead to, given one for each ending: none, each, all, and all but each."""
        endings = [ending for ending in nights if ending in self.named or self.asked]
        wanted = [[], *([ending] for ending in endings), endings]
        wanted += [[other for other in endings if other != ending] for ending in endings]
        return tuple(dict.fromkeys(self._chain(nights, some) for some in wanted))

    def _chain(self, nights: Mapping[str, Night], endings: list[str]) -> Past:
        """Play the nights to some endings one after another, as far as each is possible after those before it."""
        past: Past = ()
        left = dict.fromkeys(endings)
        while (ending := next((ending for ending in left if self._is_possible(past, nights[ending])), None)) is not None:
            past = self.then(past, ending)
            del left[ending]
        return past

    def _is_possible(self, past: Past, night: Night) -> bool:
        """Tell whether a night goes the same way after this past."""
        key = (past, night)
        if key not in self._leads:
            self._leads[key] = past == night.past or _ends_alike(self.story, past, night)
        return self._leads[key]


def _ends_alike(story: Story, past: Past, night: Night) -> bool:
    before, game = Game(story, past=night.past), Game(story, past=past)
    try:
        for action in night.actions:
            before.act(action)
            game.act(action)
    except Refused:
        return False
    return game.is_over and game.state.scene == before.state.scene
