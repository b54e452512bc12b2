"""From a night that breaks something to the shortest one that breaks it, as a save."""

from __future__ import annotations

from eternal.author.playtest.night import crash_of
from eternal.author.playtest.tally import Crash
from eternal.engine.actions import Action
from eternal.engine.choices import possible
from eternal.engine.digests import digest
from eternal.engine.state import State
from eternal.engine.step import start, step
from eternal.engine.view import view
from eternal.errors import Refused
from eternal.saves.format import Record, SaveHeader, encode_header, encode_record
from eternal.story.story import Story

__all__ = ["crash_save", "shrink", "trouble"]

#: How many states the search for a shorter way may look at.
_BUDGET = 4_000
#: What stands for the state after an action that gives none.
_NO_STATE = "0" * 12


def trouble(story: Story, seed: int, actions: list[Action]) -> Crash | None:
    """Play actions and look at the last page; return what breaks, or None if nothing does or an action is refused."""
    done: list[Action] = []
    try:
        state = start(story, seed)
        for action in actions:
            done.append(action)
            state = step(story, state, action)
        view(story, state)
        possible(story, state)
    except Refused:
        return None
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return crash_of(error, seed, done)
    return None


def shrink(story: Story, crash: Crash) -> Crash:
    """Return the shortest night found that breaks in the same place: first by leaving actions out, then by looking for a shorter way."""
    actions = list(_without_detours(story, crash))
    return _shorter(story, crash, len(actions)) or Crash(crash.error, crash.where, crash.seed, tuple(actions))


def _same(story: Story, crash: Crash, actions: list[Action]) -> Crash | None:
    found = trouble(story, crash.seed, actions)
    return found if found is not None and found.where == crash.where and found.error == crash.error else None


def _without_detours(story: Story, crash: Crash) -> tuple[Action, ...]:
    """Leave out stretches of actions, long ones first, as long as it still breaks."""
    actions = list(crash.actions)
    size = max(1, len(actions) // 2)
    while size:
        at = 0
        while at < len(actions):
            found = _same(story, crash, actions[:at] + actions[at + size :])
            if found is not None:
                actions = list(found.actions)
            else:
                at += size
        size //= 2
    return tuple(actions)


def _shorter(story: Story, crash: Crash, length: int) -> Crash | None:
    """Look at every night of fewer actions, nearest first, until the budget is spent."""
    begun = _start(story, crash.seed)
    if begun is None:
        return None
    level: list[tuple[State, tuple[Action, ...]]] = [(begun, ())]
    seen = {digest(story, begun)}
    while level and len(level[0][1]) < length - 1 and len(seen) < _BUDGET:
        after: list[tuple[State, tuple[Action, ...]]] = []
        for state, actions in level:
            for action in possible(story, state):
                found = _same(story, crash, [*actions, action])
                if found is not None:
                    return found
                state_after = _step(story, state, action)
                if state_after is not None and (mark := digest(story, state_after)) not in seen:
                    seen.add(mark)
                    after.append((state_after, (*actions, action)))
        level = after
    return None


def _start(story: Story, seed: int) -> State | None:
    return None if trouble(story, seed, []) else start(story, seed)


def _step(story: Story, state: State, action: Action) -> State | None:
    """Return the state after an action that another fault than the one looked for may spoil."""
    try:
        after = step(story, state, action)
        possible(story, after)
    except Exception:  # noqa: BLE001 - a fault that is not looked for ends this way, and no more
        return None
    return after


def crash_save(story: Story, crash: Crash) -> bytes:
    """Return a save whose replay breaks: all the actions, the last with no state after it if it gives none."""
    header = SaveHeader(story=story.id, version=story.header.version, digest=story.digest, seed=crash.seed, locale=story.header.language)
    lines = [encode_header(header)]
    state: State | None = start(story, crash.seed) if crash.actions else None
    for number, action in enumerate(crash.actions, start=1):
        if state is None:
            break
        after = _stepped(story, state, action)
        mark = _NO_STATE if after is None else digest(story, after)
        lines.append(encode_record(Record.of(number, action, state.scene, mark)))
        state = after
    return b"".join(lines)


def _stepped(story: Story, state: State, action: Action) -> State | None:
    try:
        return step(story, state, action)
    except Exception:  # noqa: BLE001 - this is the fault that the save is made to show
        return None
