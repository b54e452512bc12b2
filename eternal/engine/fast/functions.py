"""Operations and conditions as functions of a packed state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eternal.engine.fast.conditions import FALSE, TRUE, both, source
from eternal.engine.fast.effects import Operation, applied, counted, effects_of, melted, moved_to
from eternal.engine.fast.layout import Layout
from eternal.story.schema import blocks_of

__all__ = ["Change", "Test", "begin_operations", "chained", "compiled", "leave_operations", "once_read"]


#: A state -> the state after something; a state -> whether something holds.
Change = Callable[[int], int]
Test = Callable[[int], Any]


def _always(s: int) -> bool:
    del s
    return True


def compiled(expression: str, **names: Any) -> Any:
    """Return the function of `s` that an expression is the source of."""
    if expression == TRUE:
        return _always
    return eval(f"lambda s: {expression}", {"__builtins__": {}, "bool": bool, **names})  # noqa: S307 - made from checked conditions alone


def chained(layout: Layout, operations: list[Operation]) -> Change | None:
    """Return operations as one function, or None if they do nothing."""
    text = "s"
    for operation in melted(operations, layout.full):
        text = f"(lambda s: {applied(operation, 's', layout.full)})({text})" if text != "s" else applied(operation, "s", layout.full)
    return None if text == "s" else compiled(text)


def begin_operations(layout: Layout, scene: str) -> list[Operation]:
    """Return what standing in a scene does, without the machine's part: being there, counted, with the effects of entering."""
    return [moved_to(layout, scene), *counted(layout, scene), *effects_of(layout, layout.story.scenes[scene].enter)]


def leave_operations(layout: Layout, scene: str) -> list[Operation]:
    """Return what leaving a scene does, without the words that are shown once."""
    return effects_of(layout, layout.story.scenes[scene].leave)


def once_read(layout: Layout, scene: str) -> list[tuple[str, int]]:
    """Return, of the blocks of a scene that are shown once and have words to keep, the test that each is shown, and its bit."""
    found = []
    standing = layout.mask(("strength", layout.story.head(scene)))
    for number, block in enumerate(blocks_of(layout.story.scenes[scene].text)):
        bit = layout.mask(("read", scene, str(number)))
        if bit:
            stands = f"s & {standing}" if standing and bit & layout.local.get(layout.story.head(scene), 0) else TRUE
            found.append((both(stands, source(layout, block.if_, scene)), bit))
    return [(test, bit) for test, bit in found if test != FALSE]
