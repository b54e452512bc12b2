"""Operations and conditions as functions of a packed state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from eternal.engine.fast.conditions import FALSE, TRUE, both, source
from eternal.engine.fast.effects import Operation, applied, counted, effects_of, melted, moved_to
from eternal.engine.fast.layout import Layout
from eternal.story.schema import blocks_of

__all__ = ["Change", "Test", "begin_operations", "chained", "compiled", "leave_operations", "once_of", "page_source"]


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


class Once(Struct, frozen=True):
    """Words to keep that a scene shows once: the test that they are shown, the bit that they are on the page, and that they were read.

    `matters` is the test, when the scene is left, that anybody will ask for the latter.
    """

    test: str
    page: int
    read: int
    matters: str


def once_of(layout: Layout, scene: str) -> list[Once]:
    """Return the words to keep that a scene shows once."""
    story, found = layout.story, list[Once]()
    head, page = story.head(scene), layout.bits.get(("page",))
    for number, block in enumerate(blocks_of(story.scenes[scene].text)):
        read = layout.mask(("read", scene, str(number)))
        if read and page is not None:
            matters = f"s & {layout.mask(('strength', head))}" if read & layout.local.get(head, 0) else TRUE
            shown = both(f"not s & {read}", source(layout, block.if_, scene))
            found.append(Once(shown, page.one << len(found), read, matters))
    return [once for once in found if once.test != FALSE]


def page_source(layout: Layout, scene: str) -> str | None:
    """Return the source of a state with what its page shows once noted in it; None if that is nothing."""
    notes = [f"({once.page} if {once.test} else 0)" for once in once_of(layout, scene)]
    return " | ".join(["s", *notes]) if notes else None
