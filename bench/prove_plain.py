"""Exploring as one would write it first: a state is a dict, a set remembers which have been seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from eternal.story.expr import parse
from eternal.story.schema import Bounded
from eternal.story.story import Story

__all__ = ["explored_plainly"]

_State = dict[str, Any]
_Edge = tuple[Callable[[_State], bool], Callable[[_State], _State]]


def explored_plainly(story: Story, most: int) -> tuple[int, float]:
    """Explore a story without a machine until so many states are found; return how many there are, and the seconds of processor time."""
    edges = {scene.id: [_edge(story, choice) for choice in scene.choices] for scene in story.scenes.values()}
    begun = time.process_time()
    first = {"scene": story.header.start, **{name: _first(spec) for name, spec in story.header.variables.items()}}
    seen, level = {tuple(first.values())}, [first]
    while level and len(seen) < most:
        after = []
        for state in level:
            for test, change in edges[state["scene"]]:
                if test(state):
                    then = change(state)
                    key = tuple(then.values())
                    if key not in seen:
                        seen.add(key)
                        after.append(then)
        level = after
    return len(seen), time.process_time() - begun


def _first(spec: Any) -> Any:
    return spec if isinstance(spec, bool) else spec.start if isinstance(spec, Bounded) else spec[0]


def _edge(story: Story, choice: Any) -> _Edge:
    code = compile(choice.if_ or "True", "<condition>", "eval")
    parse(choice.if_ or "True")
    sets = {name: _value(story.header.variables[name], text) for name, text in choice.set.items()}
    adds = [(name, number, spec) for name, number in choice.add.items() if isinstance(spec := story.header.variables[name], Bounded)]

    def change(state: _State) -> _State:
        then = {**state, **sets, "scene": choice.to}
        for name, number, spec in adds:
            then[name] = min(spec.max, max(spec.min, then[name] + number))
        return then

    return lambda state: bool(eval(code, {"__builtins__": {}}, state)), change


def _value(spec: Any, text: str) -> Any:
    return text == "true" if isinstance(spec, bool) else int(text) if isinstance(spec, Bounded) else text
