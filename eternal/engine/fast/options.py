"""What can be done in a scene, worked out once: for each option a test, and a chain of operations that takes it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from eternal.engine.choices import DRIFT
from eternal.engine.fast.codes import Codes
from eternal.engine.fast.conditions import FALSE, TRUE, both, either, negated, source
from eternal.engine.fast.effects import Call, Operation, Put, effects_of, melted
from eternal.engine.fast.functions import begin_operations, leave_operations, once_of
from eternal.engine.fast.layout import Layout
from eternal.story import markup
from eternal.story.schema import NEXT, Choice, Scene, blocks_of

__all__ = ["Option", "Room", "fragment_tests", "options_of", "put_by", "room_of"]


class Option(Struct, frozen=True):
    """A choice or words to keep: the code of the action, when it is offered, what it does, and where it leads if that is certain."""

    code: int
    test: str
    chain: tuple[Operation, ...]
    to: int | None


class Room(Struct, frozen=True):
    """Where something can be hidden: the first bit of the place, its bits, and how many it holds."""

    shift: int
    mask: int
    capacity: int


def options_of(layout: Layout, codes: Codes, scene: Scene, live: tuple[int, ...] | None) -> list[Option]:
    """Return the options of a scene that are the same in every state but for their tests.

    Args:
        layout: the story's layout.
        codes: the numbers of actions.
        scene: the scene.
        live: for each scene the bits that matter from there on, the others being cleared on the way; None keeps all.
    """
    if scene.kind == "ending":
        return []
    made = [_choice(layout, codes, scene, choice, live) for choice in scene.choices]
    if layout.story.machine is not None and scene.kind in ("memory", "refuge"):
        test = negated(either(*(option.test for option in made)))
        made.append(_choice(layout, codes, scene, DRIFT, live, test))
    made += [_keep(layout, codes, scene, fragment, test, live) for fragment, test in fragment_tests(layout, scene).items()]
    return [option for option in made if option.test != FALSE]


def put_by(option: Option, mask: int) -> Put | None:
    """Return what an option does to some bits if that is the same in every state (which of them stay, and which are set), else None."""
    keep, put = mask, 0
    for operation in option.chain:
        if isinstance(operation, Put):
            keep, put = keep & operation.keep, put & operation.keep | operation.set & mask
        elif operation.touches & mask:
            return None
    return Put(keep, put)


def _choice(layout: Layout, codes: Codes, scene: Scene, choice: Choice, live: tuple[int, ...] | None, test: str | None = None) -> Option:
    if test is None:
        test = both(_stands(layout, scene, choice), source(layout, choice.if_, scene.id))
    chain: list[Operation] = []
    chosen = layout.mask(("chose", scene.id, choice.id))
    if chosen:
        chain.append(Put(layout.full, chosen))
    chain += effects_of(layout, choice)
    to = _certain(layout, scene, choice)
    if to is None:
        chain.append(_uncertain(layout, scene, choice, live))
    else:
        chain += _moved(layout, scene, choice, to)
        if layout.story.machine is not None:
            chain.append(Call("settle({t})", layout.full))
        if live is not None:
            chain.append(Put(live[to]))
    return Option(codes.choose[choice.id], test, tuple(melted(chain, layout.full)), to)


def _stands(layout: Layout, scene: Scene, choice: Choice) -> str:
    """Return the test that where a choice leads still exists."""
    if choice.to is None or choice.to == NEXT or layout.story.head(choice.to) == layout.story.head(scene.id):
        return TRUE
    standing = layout.mask(("strength", layout.story.head(choice.to)))
    return f"s & {standing}" if standing else TRUE


def beats_of(layout: Layout, scene: Scene, choice: Choice) -> int:
    """Return how many beats a choice takes."""
    if layout.story.machine is None:
        return 0
    return choice.beats if choice.beats is not None else int(scene.kind == "memory")


def _certain(layout: Layout, scene: Scene, choice: Choice) -> int | None:
    """Return the number of the scene that a choice leads to, if nothing can come between."""
    story = layout.story
    if beats_of(layout, scene, choice) or once_of(layout, scene.id):
        return None
    if choice.to is None:
        return None if scene.kind == "outside" else layout.number[scene.id]
    if choice.to == NEXT or (story.machine is not None and choice.to == story.machine.morning):
        return None
    between = layout.is_night and story.head(choice.to) in story.position
    return None if between else layout.number[choice.to]


def _moved(layout: Layout, scene: Scene, choice: Choice, to: int) -> list[Operation]:
    if choice.to is None:
        return []
    resume = layout.mask(("resume",)) if layout.story.scenes[choice.to].kind != "outside" else 0
    return [*leave_operations(layout, scene.id), Put(layout.full ^ resume), *begin_operations(layout, layout.scenes[to])]


def _uncertain(layout: Layout, scene: Scene, choice: Choice, live: tuple[int, ...] | None) -> Operation:
    """Return the call that lets the night decide where a choice leads."""
    beats = beats_of(layout, scene, choice)
    if choice.to is None:
        call = "back" if scene.kind == "outside" else "stay"
        return _projected(f"{call}({{t}}, {beats})", layout, live)
    to = -1 if choice.to == NEXT else layout.number[choice.to]
    return _projected(f"go({{t}}, {beats}, {to})", layout, live)


def _projected(text: str, layout: Layout, live: tuple[int, ...] | None) -> Operation:
    return Call(text if live is None else f"done({text})", layout.full)


# Fragments ----------------------------------------------------------------------------------------------------------


def fragment_tests(layout: Layout, scene: Scene) -> dict[str, str]:
    """Return, for each fragment of a scene's words, the test that it can be taken: shown, not kept, not lost, and a hand free."""
    shown: dict[str, list[str]] = {}
    for test, fragment in _links(layout, scene):
        shown.setdefault(fragment, []).append(test)
    machine = layout.story.machine
    free = f"(s & {layout.mask(('hand',))}).bit_count() < {machine.carry}" if machine is not None else TRUE
    return {
        fragment: both(f"not s & {layout.kept(fragment) | layout.lost(fragment)}", either(*tests), free)
        for fragment, tests in shown.items()
    }  # fmt: skip


def _links(layout: Layout, scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield, for each link to a fragment, the test that its block is shown, and the fragment."""
    for number, block in enumerate(blocks_of(scene.text)):
        if block.text is not None and "](keep:" in block.text:
            read = layout.mask(("read", scene.id, str(number)))
            test = both(f"not s & {read}" if read else TRUE, source(layout, block.if_, scene.id))
            for fragment in dict.fromkeys(run.keep for paragraph in markup.paragraphs(block.text) for run in paragraph.runs if run.keep):
                yield test, fragment


def _keep(layout: Layout, codes: Codes, scene: Scene, fragment: str, test: str, live: tuple[int, ...] | None) -> Option:
    taken = Put(layout.full, layout.hand(fragment))
    code = codes.keep + layout.bit_of[fragment]
    machine = layout.story.machine
    if machine is None:
        number = layout.number[scene.id]
        project = [Put(layout.full ^ layout.mask(("page",)) if live is None else live[number])]
        return Option(code, test, tuple(melted([taken, *project], layout.full)), number)
    beats = machine.keep if scene.kind == "memory" else 0
    return Option(code, test, (taken, _projected(f"stay({{t}}, {beats})", layout, live)), None)


def room_of(layout: Layout, scene: Scene) -> Room | None:
    """Return the place where something can be hidden in a scene, or None."""
    head = layout.story.head(scene.id)
    bits = layout.bits.get(("at", head))
    capacity = max(layout.story.scenes[head].capacity, scene.capacity)
    return Room(bits.shift, bits.mask, capacity) if bits is not None and capacity else None
