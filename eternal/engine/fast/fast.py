"""A story compiled to be walked and explored: states are whole numbers, scenes are functions made at their first visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from eternal.engine.actions import Action
from eternal.engine.fast.codes import Codes
from eternal.engine.fast.conditions import either, negated, source
from eternal.engine.fast.effects import Put
from eternal.engine.fast.functions import compiled
from eternal.engine.fast.layout import Layout
from eternal.engine.fast.live import live_masks
from eternal.engine.fast.night import Night, night_of
from eternal.engine.fast.options import Option, fragment_tests, options_of, put_by, room_of
from eternal.engine.fast.packing import packed
from eternal.engine.fast.picking import offers_source, taken_source
from eternal.engine.fast.reads import watchful
from eternal.engine.fast.sources import expand_source, moves_source, walk_source
from eternal.engine.fast.valuations import Stepper, fits
from eternal.engine.state import State
from eternal.engine.step import start
from eternal.story.schema import blocks_of
from eternal.story.story import Story

__all__ = ["Fast"]

#: A state, and what gives a number from 0 to 1, to a state after an action of chance.
Walk = Callable[[int, Callable[[], float]], int]
#: A state to every action that is possible, by its code, with the state after it.
Moves = Callable[[int], list[tuple[int, int]]]
#: A state to the codes of every action that is possible; a state and one of them to the state after it.
Offers = Callable[[int], list[int]]
Taken = Callable[[int, int], int]
#: States of one scene to sets of states after them: each with the number of their scene, or -1 if they stand in several.
Expand = Callable[[Iterable[int]], list[tuple[int, set[int]]]]


class Fast:
    """A compiled story.

    Example:
        >>> fast = Fast(load("story"))
        >>> state = fast.start()
        >>> [fast.action(code) for code, after in fast.moves(state)]
        [Choose(id='walk'), Choose(id='stay')]

    Attributes:
        story, layout: the story, and where everything stands in a state.
        watched: the story as one that remembers all that is asked here.
        live: if states are projected, the bits that matter from each scene on; None if everything is kept.
        here: the bits of the scene.
    """

    def __init__(self, story: Story, *, project: bool = False, more: Iterable[str] = ()) -> None:
        """Compile a story.

        Args:
            story: the story.
            project: whether to forget on the way what nothing will ask for; states that go on alike become one.
            more: conditions that will be asked in every scene.
        """
        self.story = story
        self.more = tuple(more)
        self.layout = Layout(story, self.more)
        self.watched = watchful(story, self.layout.reads)
        self.codes = Codes(self.layout)
        self.live = live_masks(self.layout, self.more) if project else None
        self.here = self.layout.scene_mask
        self.scenes = self.layout.scenes
        self.is_ending = [story.scenes[scene].kind == "ending" for scene in self.scenes]
        self._names = self._environment()
        self._walks: list[Walk | None] = [None] * len(self.scenes)
        self._moves: list[Moves | None] = [None] * len(self.scenes)
        self._offers: list[Offers | None] = [None] * len(self.scenes)
        self._takens: list[Taken | None] = [None] * len(self.scenes)
        self._expands: list[Expand | None] = [None] * len(self.scenes)
        self._options: list[list[Option] | None] = [None] * len(self.scenes)

    def _environment(self) -> dict[str, Any]:
        """Return the names that the functions of scenes use."""
        names: dict[str, Any] = {"__builtins__": {}, "int": int, "bool": bool, "len": len}
        night: Night = night_of(self.layout)
        names |= {name: getattr(night, name) for name in night.__struct_fields__}
        if self.live is not None:
            live, here = self.live, self.here
            names["done"] = lambda s: s & live[s & here]
        return names

    def start(self, past: tuple[str, ...] = ()) -> int:
        """Return the state in which a night begins."""
        return self.project(self.pack(start(self.watched, 0, past)))

    def pack(self, state: State) -> int:
        """Return a state of the engine as a number, nothing forgotten but what can never matter."""
        return packed(self.layout, state)

    def project(self, state: int) -> int:
        """Forget what nothing will ask for any more, if this story was compiled to."""
        return state if self.live is None else state & self.live[state & self.here]

    def action(self, code: int) -> Action:
        """Return the action of a code."""
        return self.codes.actions[code]

    def is_over(self, state: int) -> bool:
        """Tell whether a state stands in an ending."""
        return self.is_ending[state & self.here]

    def moves(self, state: int) -> list[tuple[int, int]]:
        """Return the code of every action that is possible, and the state after it."""
        number = state & self.here
        made = self._moves[number]
        if made is None:
            made = self._moves[number] = self._made(moves_source, number)
        return made(state)

    def offers(self, state: int) -> list[int]:
        """Return the code of every action that is possible."""
        number = state & self.here
        made = self._offers[number]
        if made is None:
            made = self._offers[number] = self._made(offers_source, number)
        return made(state)

    def taken(self, state: int, code: int) -> int:
        """Return the state after an action that is possible, by its code."""
        number = state & self.here
        made = self._takens[number]
        if made is None:
            made = self._takens[number] = self._made(taken_source, number)
        return made(state, code)

    def walk(self, state: int, rng: Callable[[], float]) -> int:
        """Return the state after an action of chance, each possible one being as likely."""
        number = state & self.here
        made = self._walks[number]
        if made is None:
            made = self._walks[number] = self._made(walk_source, number)
        return made(state, rng)

    def expand(self, number: int, states: Iterable[int]) -> list[tuple[int, set[int]]]:
        """Return all states after any action in any of some states of one scene."""
        made = self._expands[number]
        if made is None:
            made = self._expands[number] = self._made(expand_source, number)
        return made(states)

    def puts(self, number: int, mask: int) -> list[Put | None]:
        """Return what the first sets of `expand` have done to some bits; None of those that differ by state."""
        return [put_by(option, mask) for option in self._optioned(number)]

    @cached_property
    def stepper(self) -> Stepper | None:
        """What takes the options of a scene in all its states at once; None if states are too many to be kept so."""
        return Stepper(self.layout, self.codes, self.live) if fits(self.layout) else None

    def night(self, state: int, rng: Callable[[], float], limit: int) -> tuple[int, int]:
        """Walk by chance to an ending, at most `limit` actions; return where that is and how many it took."""
        walks, over, here = self._walks, self.is_ending, self.here
        for done in range(limit):
            number = state & here
            if over[number]:
                return state, done
            walk = walks[number]
            if walk is None:
                walk = walks[number] = self._made(walk_source, number)
            state = walk(state, rng)
        return state, limit

    def _made(self, write: Callable[..., str], number: int) -> Any:
        scene = self.story.scenes[self.scenes[number]]
        text = write(self.layout, self.codes, scene, self._optioned(number), room_of(self.layout, scene), self.live)
        exec(compile(text, f"<{scene.id}>", "exec"), names := dict(self._names))  # noqa: S102 - made from checked conditions and numbers alone
        return names["made"]

    def _optioned(self, number: int) -> list[Option]:
        made = self._options[number]
        if made is None:
            made = self._options[number] = options_of(self.layout, self.codes, self.story.scenes[self.scenes[number]], self.live)
        return made

    # Questions ----------------------------------------------------------------------------------------------------

    def test(self, condition: str, scene: str) -> Callable[[int], bool]:
        """Return a condition of a scene as a test of states."""
        made: Callable[[int], bool] = compiled(source(self.layout, condition, scene))
        return made

    def offered(self, scene: str) -> Iterator[tuple[str, Callable[[int], bool]]]:
        """Yield the choices of a scene that are not impossible in every state, each with the test that it is offered."""
        options = {option.code: option for option in options_of(self.layout, self.codes, self.story.scenes[scene], None)}
        for choice in self.story.scenes[scene].choices:
            option = options.get(self.codes.choose[choice.id])
            if option is not None:
                yield choice.id, compiled(option.test)

    def stuck(self, scene: str) -> Callable[[int], bool]:
        """Return the test that none of a scene's choices is offered."""
        options = options_of(self.layout, self.codes, self.story.scenes[scene], None)
        made: Callable[[int], bool] = compiled(negated(either(*(option.test for option in options if option.code < self.codes.keep))))
        return made

    def shown(self, scene: str) -> Iterator[tuple[int, Callable[[int], bool]]]:
        """Yield the numbers of a scene's blocks, each with the test that it is shown at a first reading."""
        for number, block in enumerate(blocks_of(self.story.scenes[scene].text)):
            yield number, compiled(source(self.layout, block.if_, scene))

    def takeable(self, scene: str) -> Iterator[tuple[str, Callable[[int], bool]]]:
        """Yield the fragments in a scene's words, each with the test that it can be kept."""
        for fragment, test in fragment_tests(self.layout, self.story.scenes[scene]).items():
            yield fragment, compiled(test)
