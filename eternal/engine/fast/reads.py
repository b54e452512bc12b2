"""What the conditions of a story read, and how finely: the rest of a state need not be told apart."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from eternal.story.expr import BUILTINS, parse
from eternal.story.schema import blocks_of
from eternal.story.story import Story, Tracked

__all__ = ["Condition", "Counter", "Reads", "conditions_of", "reads_of", "watchful"]

#: The numbers that only grow (or, for heat, mostly): they are counted no further than any condition looks.
_COUNTERS = ("visits", "heat", "beat")

#: `visits` of a scene, or `heat`, or `beat` with an empty scene.
Counter = tuple[str, str]


class Condition(Struct, frozen=True):
    """A condition, the scene whose `visits` and `integrity` it means, and whether only that scene asks it."""

    text: str
    scene: str
    local: bool


class Reads(Struct):
    """Everything that conditions read.

    Attributes:
        variables, names: variables, and built-in names other than counters.
        calls: functions with their arguments.
        limits: counters, and the largest number each is compared with; None where it is part of a sum.
        scenes_of: what is read -> the scenes that ask it; an empty name stands for being asked anywhere.
    """

    variables: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    calls: set[tuple[str, ...]] = field(default_factory=set)
    limits: dict[Counter, int | None] = field(default_factory=dict)
    scenes_of: dict[tuple[str, ...], set[str]] = field(default_factory=dict)

    def note(self, key: tuple[str, ...], condition: Condition) -> None:
        """Note that a condition reads something."""
        self.scenes_of.setdefault(key, set()).add(condition.scene if condition.local else "")

    def limit(self, counter: Counter, number: int | None) -> None:
        """Note how far a counter must be counted."""
        known = self.limits.get(counter, 0)
        self.limits[counter] = None if number is None or known is None else max(known, number)


def conditions_of(story: Story) -> Iterator[Condition]:
    """Yield every condition of a story."""
    for scene in story.scenes.values():
        for choice in scene.choices:
            if choice.if_ is not None:
                yield Condition(choice.if_, scene.id, local=True)
        for block in blocks_of(scene.text):
            if block.if_ is not None:
                yield Condition(block.if_, scene.id, local=True)
        if scene.open is not None:  # asked only while the scene stands
            yield Condition(scene.open, scene.id, local=True)
        if scene.due is not None:
            yield Condition(scene.due, scene.id, local=False)
    if story.machine is not None and story.machine.turn is not None:
        yield from (Condition(story.machine.turn, scene, local=False) for scene in _turned_in(story))


def _turned_in(story: Story) -> tuple[str, ...]:
    """Return the scenes whose own numbers the condition of the turn may mean."""
    turn = story.machine.turn if story.machine else None
    own = turn is not None and ("visits" in turn or "integrity" in turn)
    return tuple(story.scenes) if own else (story.header.start,)


def reads_of(story: Story, more: Iterable[str] = ()) -> Reads:
    """Collect what is read by a story's conditions, and by `more` that are asked in every scene."""
    reads = Reads()
    for condition in conditions_of(story):
        _collect(story, reads, condition)
    for text in more:
        _collect(story, reads, Condition(text, story.header.start, local=False))
    return reads


def watchful(story: Story, reads: Reads) -> Story:
    """Return a story as one that remembers all that is read, whether its own conditions read it or not."""
    index = story.index
    chosen = {(call[1], call[2]) for call in reads.calls if call[0] == "chose"}
    visits = {counter[1] for counter in reads.limits if counter[0] == "visits"}
    tracked = Tracked(visits=index.tracked.visits | visits, choices=index.tracked.choices | chosen)
    return Story(story.header, story.scenes, replace(index, tracked=tracked), story.digest)


def _collect(story: Story, reads: Reads, condition: Condition) -> None:
    stack: list[tuple[ast.expr, ast.expr | None]] = [(parse(condition.text), None)]
    while stack:
        node, parent = stack.pop()
        if isinstance(node, ast.Name):
            _name(story, reads, condition, node, parent)
        elif isinstance(node, ast.Call):
            _call(reads, condition, node)
            continue
        stack += [(child, node) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def _name(story: Story, reads: Reads, condition: Condition, node: ast.Name, parent: ast.expr | None) -> None:
    name = node.id
    if name not in BUILTINS:
        reads.variables.add(name)
        reads.note(("variable", name), condition)
    elif name == "visits" and condition.scene not in story.index.tracked.visits:
        return  # nobody counts them there: it is always 0
    elif name in _COUNTERS:
        counter = (name, condition.scene if name == "visits" else "")
        reads.limit(counter, _largest(node, parent))
        reads.note(counter, condition)
    else:
        scene = story.head(condition.scene) if name == "integrity" else ""
        reads.names.add(name)
        reads.note((name, scene), condition)


def _call(reads: Reads, condition: Condition, node: ast.Call) -> None:
    assert isinstance(node.func, ast.Name)
    words = tuple(str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))
    if node.func.id == "seen":
        reads.limit(("visits", words[0]), 0)
        reads.note(("visits", words[0]), condition)
    reads.calls.add((node.func.id, *words))
    reads.note((node.func.id, *words), condition)


def _largest(node: ast.Name, parent: ast.expr | None) -> int | None:
    """Return the largest number that a counter is compared with, or None if it is compared with anything else."""
    if not isinstance(parent, ast.Compare):
        return None
    numbers: list[int] = []
    for side in (parent.left, *parent.comparators):
        for item in side.elts if isinstance(side, ast.Tuple | ast.List) else [side]:
            match item:
                case ast.Constant(value=int(number)):
                    numbers.append(number)
                case ast.UnaryOp(operand=ast.Constant()):
                    numbers.append(0)
                case _ if item is not node:
                    return None
    return max(numbers, default=0)
