"""What the bench asks for: a scene to jump to, a variable and its value, a deed that is no choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from eternal.author.watch import possible_steps
from eternal.author.watch.steps import kind_of, values_of
from eternal.tui.watch.picker import Entry, Picker

if TYPE_CHECKING:
    from eternal.tui.watch.app import WatchApp

__all__ = ["ASKS"]


def _jump(app: WatchApp) -> str:
    """Ask for a scene and stand in it."""
    story = app.bench.story
    if story is None:
        return "there is no story yet"
    entries = [Entry(scene.id, f"{scene.id} · {scene.title} · {scene.kind}") for scene in story.scenes.values()]
    app.push_screen(
        Picker("Jump to which scene? (marks the night)", entries), lambda scene: app.did(app.bench.jump(scene)) if scene else None
    )
    return ""


def _set(app: WatchApp) -> str:
    """Ask for a variable, then for its value."""
    story = app.bench.story
    if story is None or not story.variables:
        return "there are no variables"
    values = app.bench.state.values
    entries = [Entry(name, f"{name} = {_said(values[place])}") for name, place in story.variables.items()]
    app.push_screen(Picker("Set which variable? (marks the night)", entries), lambda name: _value(app, name) if name else None)
    return ""


def _value(app: WatchApp, name: str) -> None:
    story = app.bench.story
    if story is not None and name in story.variables:
        spec = story.header.variables[name]
        entries = [Entry(value, _YES_NO.get(value, value) if isinstance(spec, bool) else value) for value in values_of(spec)]
        question, refusal = f"{name} =", f"is refused: {name} is {kind_of(spec)}"
        app.push_screen(Picker(question, entries, refusal), lambda value: app.did(app.bench.put(name, value)) if value else None)


_YES_NO = {"true": "yes", "false": "no"}


def _said(value: object) -> str:
    """Return a value as the inspector shows it."""
    return _YES_NO[str(value).lower()] if isinstance(value, bool) else str(value)


def _act(app: WatchApp) -> str:
    """Ask which of the deeds that are no choices: keep, run, hide, drop."""
    story = app.bench.story
    found = [step for step in possible_steps(story, app.bench.state) if step.do != "choose"] if story is not None else []
    if not found:
        return "nothing to keep, hide or drop, and nowhere to run"
    entries = [Entry(words, words) for words in (f"{step.do} {step.id}" for step in found)]
    app.push_screen(Picker("Do what?", entries), lambda deed: app.do(*deed.split(" ", 1)) if deed else None)
    return ""


#: What can be asked for, by its name in a binding. Each says why it does not ask, or nothing.
ASKS: dict[str, Callable[[WatchApp], str]] = {"jump": _jump, "set": _set, "act": _act}
