"""Which scenes, choices, fragments and variables are gone, new, renamed or changed.

What was renamed is what the author declares with `formerly:`; everything else that is missing has vanished. Where
something new reads just like something that vanished, that is said: a save needs the `formerly:` to follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from eternal.story.schema import Choice, Fragment, Scene
from eternal.story.story import Story

__all__ = ["Changes", "Renamed", "changes"]

_Thing = TypeVar("_Thing", Scene, Choice, Fragment)


class Renamed(Struct, frozen=True):
    """An id and what it is called now."""

    old: str
    new: str


class Changes(Struct, frozen=True):
    """What became of the things of one sort. Choices are named `scene/choice`, by the old scene where they are old.

    Attributes:
        likely: a vanished id and a new one that reads the same, but does not say `formerly:`.
        changed: those that are still there and are written differently.
    """

    vanished: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    likely: tuple[Renamed, ...] = ()


def changes(old: Story, new: Story) -> dict[str, Changes]:
    """Return what changed, by sort: scenes, choices, fragments, variables, mementos."""
    scenes = _compare(old.scenes, new.scenes, lambda name: new.renamed.get(("scene", name), name), _reads_scene)
    moved = {pair.old: pair.new for pair in (*scenes.renamed, *scenes.likely)}
    return {
        "scenes": scenes,
        "choices": _compare(_choices(old), _choices(new), lambda name: _choice_today(new, moved, name), _reads_choice),
        "fragments": _compare(_fragments(old), _fragments(new), lambda name: new.renamed.get(("fragment", name), name), _reads_fragment),
        "variables": _ids(old.header.variables, new.header.variables),
        "mementos": _ids(old.header.mementos, new.header.mementos),
    }


def _ids(old: Mapping[str, object], new: Mapping[str, object]) -> Changes:
    return Changes(
        vanished=tuple(name for name in old if name not in new),
        added=tuple(name for name in new if name not in old),
        changed=tuple(name for name in old if name in new and old[name] != new[name]),
    )


def _compare(
    old: Mapping[str, _Thing], new: Mapping[str, _Thing], today: Callable[[str], str], reads: Callable[[_Thing], object]
) -> Changes:
    # An id that is still there is itself, even if something else claims to have been called so.
    now = {name: name if name in new else today(name) for name in old}
    vanished = tuple(name for name in old if now[name] not in new)
    met = set(now.values())
    added = tuple(name for name in new if name not in met)
    return Changes(
        vanished=vanished,
        renamed=tuple(Renamed(name, now[name]) for name in old if _own(now[name]) != _own(name) and now[name] in new),
        added=added,
        changed=tuple(now[name] for name in old if now[name] in new and reads(old[name]) != reads(new[now[name]])),
        likely=tuple(_likely(vanished, added, lambda name: reads(old[name]), lambda name: reads(new[name]))),
    )


def _own(name: str) -> str:
    """Return a name without the scene before it: a choice is not renamed because its scene is."""
    return name.rpartition("/")[2]


def _likely(
    vanished: tuple[str, ...], added: tuple[str, ...], was: Callable[[str], object], reads: Callable[[str], object]
) -> Iterator[Renamed]:
    """Yield pairs that read the same: an id was changed and nobody said so."""
    found = {reads(name): name for name in reversed(added)}
    for name in vanished:
        if was(name) in found:
            yield Renamed(name, found[was(name)])


def _choices(story: Story) -> dict[str, Choice]:
    return {f"{scene.id}/{choice.id}": choice for scene in story.scenes.values() for choice in scene.choices}


def _fragments(story: Story) -> dict[str, Fragment]:
    return {name: story.scenes[scene].fragments[name] for name, scene in story.index.fragments.items()}


def _choice_today(new: Story, moved: Mapping[str, str], name: str) -> str:
    """Return a choice's name of today: its scene may have another id, and so may it."""
    scene, _, choice = name.partition("/")
    scene = moved.get(scene, scene)
    if scene in new.scenes and new.choice(scene, choice) is not None:
        return f"{scene}/{choice}"
    return f"{scene}/{new.renamed.get(('choice', scene, choice), choice)}"


# What something reads like: all that a player can notice of it, and none of its ids.


def _reads_scene(scene: Scene) -> object:
    return scene.kind, scene.title, str(scene.text), tuple((choice.text, choice.answer) for choice in scene.choices)


def _reads_choice(choice: Choice) -> object:
    return choice.text, choice.answer


def _reads_fragment(fragment: Fragment) -> object:
    return fragment.motif, fragment.line
