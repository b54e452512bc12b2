"""What is behind a page: the variables, the machine, what each condition read, and why a choice is or isn't offered."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from msgspec import Struct

from eternal.engine import choices
from eternal.engine.conditions import compiled, on_map, percent
from eternal.engine.machine import is_erased, target
from eternal.engine.state import State
from eternal.story.expr import parse
from eternal.story.schema import NEXT, Block, Choice, blocks_of
from eternal.story.story import Story
from eternal.wording.columns import cut

__all__ = ["Inspection", "Item", "Read", "Test", "inspect", "test"]


#: Characters of a block that are enough to know it by.
_EXCERPT = 60


class Read(Struct, frozen=True):
    """Something that a condition asked, and what it was told: `trust`, `3`."""

    what: str
    value: str


class Test(Struct, frozen=True):
    """A condition: whether it holds, what it read, and which of its parts keep it from holding."""

    condition: str
    holds: bool
    reads: tuple[Read, ...]
    because: tuple[str, ...] = ()


class Item(Struct, frozen=True):
    """A choice, a block of text, or a page that may fall due: whether it is there, why, and its condition if it has one."""

    name: str
    text: str
    there: bool
    why: str
    test: Test | None = None


class Inspection(Struct, frozen=True):
    """Everything behind a page.

    Attributes:
        values: every variable and its value.
        facts: what the machine and the engine count: integrity, heat, beat and so on.
        choices, blocks, due: what the page has, offered or not.
        places: memories and refuges with what is left of them.
    """

    scene: str
    kind: str
    values: tuple[Read, ...]
    facts: tuple[Read, ...]
    choices: tuple[Item, ...]
    blocks: tuple[Item, ...]
    due: tuple[Item, ...]
    places: tuple[Read, ...]


def inspect(story: Story, state: State) -> Inspection:
    """Return what is behind the page of a state."""
    scene = story.scenes[state.scene]
    return Inspection(
        scene=scene.id,
        kind=scene.kind,
        values=tuple(Read(name, _word(state.values[place])) for name, place in story.variables.items()),
        facts=tuple(_facts(story, state)),
        choices=tuple(_choice(story, state, choice) for choice in scene.choices),
        blocks=tuple(_block(story, state, number, block) for number, block in enumerate(blocks_of(scene.text))),
        due=tuple(_due(story, state, outside) for outside in story.index.outside),
        places=tuple(_places(story, state)),
    )


def test(story: Story, state: State, condition: str, scene: str) -> Test:
    """Return what a condition of a scene read, and whether it holds."""
    tree = parse(condition)
    holds = _ask(story, state, tree, scene)
    because = () if holds else tuple(ast.unparse(part) for part in _failing(story, state, tree, scene))
    return Test(condition, bool(holds), tuple(dict.fromkeys(_reads(story, state, tree, scene))), because)


def _ask(story: Story, state: State, node: ast.expr, scene: str) -> object:
    """Return the value of a part of a condition, the way the engine works it out."""
    return compiled(ast.unparse(node))(story, state, scene)


def _reads(story: Story, state: State, tree: ast.expr, scene: str) -> Iterator[Read]:
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) or (isinstance(node, ast.Name) and id(node) not in called):
            yield Read(ast.unparse(node), _word(_ask(story, state, node, scene)))


def _failing(story: Story, state: State, tree: ast.expr, scene: str) -> Iterator[ast.expr]:
    """Yield the parts that keep a condition from holding: of an `and` those that fail, of an `or` all."""
    if isinstance(tree, ast.BoolOp):
        for part in tree.values:
            if not _ask(story, state, part, scene):
                yield from _failing(story, state, part, scene)
    else:
        yield tree


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _facts(story: Story, state: State) -> Iterator[Read]:
    """Yield what a condition could read besides the variables, as far as this story has it."""
    names = ("visits",) if story.machine is None else (
        "visits", "integrity", "heat", "lucidity", "beat", "erased_count", "refusals", "dissonance", "hands", "remaining",
        "hunted", "turned", "looking",
    )  # fmt: skip
    for name in names:
        known = name != "visits" or state.scene in story.index.tracked.visits
        yield Read(name, _word(compiled(name)(story, state, state.scene)) if known else "not counted")
    if story.machine is not None:
        yield Read("target", target(story, state) or "none")
        yield Read("given", ", ".join(sorted(state.given)) or "nothing")
    if state.kept:
        yield Read("kept", ", ".join((*state.hands, *(f"{fragment} (in {place})" for fragment, place in state.hidden))))


def _choice(story: Story, state: State, choice: Choice) -> Item:
    found = test(story, state, choice.if_, state.scene) if choice.if_ is not None else None
    there = choices.is_offered(story, state, choice)
    if choice.to is not None and choice.to != NEXT and is_erased(story, state, choice.to):
        why = f"it leads into {choice.to}, which is erased"
    else:
        why = _why(found)
    return Item(choice.id, choice.text, there, why, found)


def _why(found: Test | None) -> str:
    if found is None:
        return "no condition"
    return "its condition holds" if found.holds else f"not so: {'; '.join(found.because)}"


def _block(story: Story, state: State, number: int, block: Block) -> Item:
    found = test(story, state, block.if_, state.scene) if block.if_ is not None else None
    read = block.once and (state.scene, number) in state.read
    there = not read and (found is None or found.holds)
    why = "shown once already" if read else _why(found)
    words = " ".join((block.text or block.one_of[0]).split())
    return Item(f"block {number + 1}", cut(words, _EXCERPT), there, why, found)


def _due(story: Story, state: State, outside: str) -> Item:
    spec = story.scenes[outside]
    found = test(story, state, spec.due or "True", outside)
    why = "it has been played" if outside in state.shown else _why(found)
    return Item(outside, spec.title, outside not in state.shown and found.holds, why, found)


def _places(story: Story, state: State) -> Iterator[Read]:
    for name in story.position:
        mapped = "" if story.scenes[name].kind == "refuge" or on_map(story, state, name) else ", off the map"
        yield Read(name, "erased" if is_erased(story, state, name) else f"{percent(story, state, name)} %{mapped}")
