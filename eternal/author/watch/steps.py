"""What is done at the bench: a player's six actions without going back, and an author's two: jump and set."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field
from msgspec.structs import replace

from eternal.engine import travel
from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.choices import possible
from eternal.engine.state import State, Value
from eternal.engine.step import step as engine_step
from eternal.errors import Refused
from eternal.saves.fold import action_today, scene_today
from eternal.saves.format import Record
from eternal.story.schema import Bounded, Variable
from eternal.story.story import Story

__all__ = ["MARKS", "Step", "kind_of", "possible_steps", "take", "values_of"]

_Name = Annotated[str, Meta(pattern=r"^[a-z0-9'_-]{1,60}\Z")]

_KINDS: dict[str, type[Choose | Keep | Drop | Hide | Flee]] = {"choose": Choose, "keep": Keep, "drop": Drop, "hide": Hide, "flee": Flee}
#: What no player can do: a night with one of these in it is never an honest one.
MARKS = frozenset({"jump", "set"})


class Step(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing done: `jump` goes to the scene `id`, `set` gives the variable `id` a value, the rest are actions."""

    do: Literal["choose", "keep", "drop", "hide", "flee", "jump", "set"]
    id: _Name
    scene: _Name = field(name="in")
    value: Annotated[str, Meta(max_length=60)] = ""

    @property
    def words(self) -> str:
        """The step as a message names it: `choose shore in river`."""
        return f"{self.do} {self.id}" + (f" = {self.value}" if self.do == "set" else "") + f" in {self.scene}"

    @classmethod
    def of(cls, action: Action, scene: str) -> Step:
        """Return the step of a player's action."""
        assert not isinstance(action, Rewind)
        name = next(name for name, kind in _KINDS.items() if isinstance(action, kind))
        return cls(name, action.id, scene)  # type: ignore[arg-type]  # the names above are those of the literal

    @property
    def action(self) -> Action:
        """The player's action that it is; never asked of a mark."""
        return _KINDS[self.do](self.id)

    def record(self, number: int, state: str) -> Record:
        """Return the step as a line of a save."""
        return Record.of(number, self.action, self.scene, state)


def possible_steps(story: Story, state: State) -> list[Step]:
    """Return everything a player could do now."""
    return [Step.of(action, state.scene) for action in possible(story, state)]


def take(story: Story, state: State, step: Step) -> State:
    """Return the state after a step, taken on the story of today under the ids of today.

    Raises:
        Refused: the story does not allow it (any more); the message says why.
    """
    names = story.renamed
    if step.do == "set":
        return _put(story, state, step)
    if step.do == "jump":
        return _jump(story, state, scene_today(story, names, step.id))
    scene = scene_today(story, names, step.scene)
    if scene != state.scene:
        gone = "" if scene in story.scenes else f"there is no scene {scene!r} any more, and "
        raise Refused(f"{gone}the night stands in {state.scene!r} there")
    return engine_step(story, state, action_today(story, step.action, scene, names))


def _jump(story: Story, state: State, scene: str) -> State:
    if scene not in story.scenes:
        raise Refused(f"there is no scene {scene!r}")
    return travel.begin(story, replace(state, news=()), scene)


def _put(story: Story, state: State, step: Step) -> State:
    if step.id not in story.variables:
        raise Refused(f"there is no variable {step.id!r}")
    value = _value(story.header.variables[step.id], step.value)
    if value is None:
        raise Refused(f"{step.value!r} is not a value of {step.id!r}, which is {kind_of(story.header.variables[step.id])}")
    values = list(state.values)
    values[story.variables[step.id]] = value
    return replace(state, values=tuple(values), news=())


def _value(spec: Variable, text: str) -> Value | None:
    """Return what a variable would be, or None if it cannot be that."""
    if isinstance(spec, bool):
        return {"true": True, "false": False}.get(text)
    if isinstance(spec, Bounded):
        number = int(text) if text.removeprefix("-").isdecimal() and text.isascii() else None
        return number if number is not None and spec.min <= number <= spec.max else None
    return text if text in spec else None


def kind_of(spec: Variable) -> str:
    """Say what a variable can be."""
    if isinstance(spec, bool):
        return "yes or no"
    return f"a number from {spec.min} to {spec.max}" if isinstance(spec, Bounded) else f"one of {', '.join(spec)}"


def values_of(spec: Variable) -> tuple[str, ...]:
    """Return every value that a variable can be given."""
    if isinstance(spec, bool):
        return ("true", "false")
    return tuple(str(number) for number in range(spec.min, spec.max + 1)) if isinstance(spec, Bounded) else spec
