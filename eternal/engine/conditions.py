"""Conditions as functions of a story and a state.

A checked condition becomes one Python function, compiled when it is first asked. Only nodes that the whitelist of
`story.expr` has passed are ever turned into code, and every name in it is one of this module's own.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from typing import TypedDict

from eternal.engine.state import State
from eternal.story.expr import ConditionError, parse
from eternal.story.schema import Scene
from eternal.story.story import Story

__all__ = ["Test", "compiled", "dissonance", "holds", "on_map", "percent"]

#: A condition: story, state and the scene it stands in -> whether it holds.
Test = Callable[[Story, State, str], bool]


class _Place(TypedDict):
    lineno: int
    col_offset: int


#: Where nodes stand that no condition has: Python asks for a place, and looking for nodes without one takes longer than compiling.
_AT = _Place(lineno=1, col_offset=0)


def holds(story: Story, state: State, condition: str | None, scene: str) -> bool:
    """Tell whether a condition of `scene` holds; no condition always does."""
    return condition is None or compiled(condition)(story, state, scene)


@lru_cache(maxsize=65_536)
def compiled(condition: str) -> Test:
    """Return a condition as a function of story, state and the scene it is written in."""
    tree = parse(condition)
    body = _Names().visit(_copy(tree))
    taken = [ast.arg(name, **_AT) for name in ("t", "s", "c")]
    arguments = ast.arguments(posonlyargs=[], args=taken, kwonlyargs=[], kw_defaults=[], defaults=[])
    function = ast.Expression(ast.Lambda(arguments, body, **_AT))
    made: Test = eval(compile(function, "<condition>", "eval"), dict(_ENVIRONMENT))  # noqa: S307 - built from the whitelist alone
    return made


def _copy(tree: ast.expr) -> ast.expr:
    """Return a tree of its own: the parsed one is shared."""
    return ast.parse(ast.unparse(tree), mode="eval").body


class _Names(ast.NodeTransformer):
    """Turn the language's names and calls into lookups on story `t`, state `s` and scene `c`."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Read a built-in as it is spelled here, a variable from its place."""
        spelled = _READERS.get(node.id) or f"s.values[t.variables[{node.id!r}]]"
        return ast.parse(spelled, mode="eval").body

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Call the function of that name with the words it was given."""
        if not isinstance(node.func, ast.Name) or node.func.id not in _FUNCTIONS:
            raise ConditionError("E044", node.col_offset, id="?", known=", ".join(_FUNCTIONS))
        return _call(f"_{node.func.id}", tuple(node.args))


def _call(name: str, args: tuple[ast.expr, ...]) -> ast.expr:
    first = [ast.Name(letter, ast.Load(), **_AT) for letter in "tsc"]
    return ast.Call(ast.Name(name, ast.Load(), **_AT), [*first, *args], [], **_AT)


# What each name of the language reads. -----------------------------------------------------------------------------


def percent(t: Story, s: State, scene: str) -> int:
    """Return the percentage that is left of the memory or refuge a scene belongs to; 100 for any other scene."""
    place = t.position.get(t.head(scene))
    return 100 if place is None else -(-100 * s.strength[place] // t.scenes[t.head(scene)].strength)


def on_map(t: Story, s: State, memory: str) -> bool:
    """Tell whether the machine knows a memory: something given lights it, or the hunt is on, or no memento lights any."""
    return s.hunted or not t.lit_by or not s.given.isdisjoint(t.lit_by.get(memory, ()))


def dissonance(t: Story, s: State) -> int:
    """Count the motifs that Patrick can use (a memento given) and Joel has hidden."""
    used = {t.header.mementos[memento].motif for memento in s.given}
    return len(used & {_fragment_motif(t, fragment) for fragment, _ in s.hidden})


def _fragment_motif(t: Story, fragment: str) -> str:
    scene: Scene = t.scenes[t.index.fragments[fragment]]
    return scene.fragments[fragment].motif


def _is_gone(t: Story, s: State, scene: str) -> bool:
    return s.strength[t.position[scene]] == 0


#: Built-in name -> what it reads of story `t`, state `s` and scene `c`.
_READERS: dict[str, str] = {
    "visits": "s.visits.get(c, 0)",
    "integrity": "_percent(t, s, c)",
    "heat": "s.heat",
    "lucidity": "s.lucidity",
    "beat": "s.beat",
    "erased_count": "s.strength[:_len(t.index.memories)].count(0)",
    "refusals": "_sum(s.refused)",
    "dissonance": "_dissonance(t, s)",
    "hands": "_len(s.hands)",
    "remaining": "_len(s.hidden)",
    "hunted": "s.hunted",
    "turned": "s.turned",
    "looking": "s.looking",
}

_FUNCTIONS: dict[str, Callable[..., int | bool]] = {
    "kept": lambda t, s, c, f: f in s.hands or any(f == held for held, _ in s.hidden),
    "hidden": lambda t, s, c, f: any(f == held for held, _ in s.hidden),
    "lost": lambda t, s, c, f: f in s.lost,
    "seen": lambda t, s, c, scene: s.visits.get(scene, 0) > 0,
    "chose": lambda t, s, c, scene, choice: (scene, choice) in s.chosen,
    "erased": lambda t, s, c, scene: _is_gone(t, s, scene),
    "gave": lambda t, s, c, memento: memento in s.given,
    "count": lambda t, s, c, motif=None: (
        len(s.kept) if motif is None else sum(_fragment_motif(t, fragment) == motif for fragment in s.kept)
    ),
    "past": lambda t, s, c, ending=None: bool(s.past) if ending is None else ending in s.past,
}

_ENVIRONMENT: dict[str, object] = {
    "__builtins__": {},
    "_len": len,
    "_sum": sum,
    "_percent": percent,
    "_dissonance": dissonance,
    **{f"_{name}": function for name, function in _FUNCTIONS.items()},
}
