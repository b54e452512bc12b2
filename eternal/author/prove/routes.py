"""Whose the states after an action are. Most actions cross no line, whatever the state, so single states are seldom asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, repeat

from eternal.author.prove.cuts import Cut
from eternal.engine.fast import Fast
from eternal.engine.fast.effects import Put

__all__ = ["Routes"]

#: What an action leads to belongs to whom the states before belonged to; each of the states must be asked. Else it is a process.
_STAYS, _ASKED = -1, -2

#: Whose some states are, the number of their scene (or -1 if they stand in several), and the states.
Route = tuple[int, int, set[int]]


class Routes:
    """Whose the states after each action are, as a cut has it."""

    def __init__(self, fast: Fast, cut: Cut) -> None:
        """Prepare; each scene is looked at when it is first asked for."""
        self._fast, self._cut = fast, cut
        self._ways: dict[int, list[int]] = {}

    def beyond(self, number: int, states: Iterable[int], place: int) -> Iterator[Route]:
        """Yield all states one action beyond some states of one scene that belong to one process."""
        ways = self._ways.get(number)
        if ways is None:
            ways = self._ways[number] = [self._way(put) for put in self._fast.puts(number, self._cut.mask)]
        for (to, after), way in zip(self._fast.expand(number, states), chain(ways, repeat(_ASKED)), strict=False):
            if way == _ASKED:
                for whose, part in self._cut.parted(after):
                    yield whose, to, part
            else:
                yield (place if way == _STAYS else way), to, after

    def _way(self, put: Put | None) -> int:
        if put is None:
            return _ASKED
        if not put.keep:
            return self._cut.owner(put.set)
        return _STAYS if put == Put(self._cut.mask) else _ASKED
