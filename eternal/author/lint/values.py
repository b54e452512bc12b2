"""What the names of a condition can be at most, in a story and in a place of it."""

from __future__ import annotations

from typing import Literal

from eternal.author.lint.truth import BOTH, Atom, Numbers, Values
from eternal.story.schema import Bounded
from eternal.story.story import Story

__all__ = ["Place", "Range"]

#: Where a condition stands: in what is read and offered in a scene, in whether a scene opens or falls due, or in the header.
Place = Literal["scene", "open", "due", "turn"]


class Range:
    """The values that conditions of one story can meet: never fewer than the engine has, sometimes more."""

    def __init__(self, story: Story) -> None:
        """Count once what bounds the engine's own numbers."""
        self.story = story
        fragments = [fragment for scene in story.scenes.values() for fragment in scene.fragments.values()]
        self.motifs: dict[str, int] = {}
        for fragment in fragments:
            self.motifs[fragment.motif] = self.motifs.get(fragment.motif, 0) + 1
        self.names: dict[str, Values] = {name: _declared(spec) for name, spec in story.header.variables.items()}
        self.names |= _built_in(story, len(fragments))
        self.fragments = len(fragments)

    def of(self, atom: Atom, place: Place, scene: str | None) -> Values:
        """Return what an atom can be in a condition that stands in a place."""
        match atom:
            case ("visits",):
                return Numbers(1 if place == "scene" else 0, None)
            case ("integrity",):
                return self._integrity(place, scene)
            case ("count",):
                return Numbers(0, self.fragments)
            case ("count", motif):
                return Numbers(0, self.motifs.get(motif, 0))
            case ("seen", seen) if seen == scene and place == "scene":
                return (True,)
            case ("erased", _) if self.story.machine is None:
                return (False,)
            case (name,) if name in self.names:
                return self.names[name]
            case _:
                return BOTH

    def _integrity(self, place: Place, scene: str | None) -> Values:
        """Return the percentages that a place can have while somebody stands in it or may come."""
        if place == "turn" or scene is None:
            return Numbers(0, 100)
        head = self.story.head(scene)
        if self.story.machine is None or head not in self.story.position:
            return (100,)
        strength = self.story.scenes[head].strength
        return tuple(-(-100 * left // strength) for left in range(1, strength + 1))


def _declared(spec: bool | Bounded | tuple[str, ...]) -> Values:
    if isinstance(spec, bool):
        return BOTH
    return Numbers(spec.min, spec.max) if isinstance(spec, Bounded) else spec


def _built_in(story: Story, fragments: int) -> dict[str, Values]:
    rules = story.machine
    names: dict[str, Values] = {"heat": Numbers(0, None), "remaining": Numbers(0, fragments)}
    if rules is None:
        names |= dict.fromkeys(("lucidity", "beat", "erased_count", "refusals", "dissonance"), (0,))
        return names | {"hands": Numbers(0, fragments), "hunted": (False,), "turned": (False,), "looking": (False,)}
    return names | {
        "lucidity": Numbers(rules.lucidity.min, rules.lucidity.max),
        "beat": Numbers(0, None),
        "erased_count": Numbers(0, len(story.index.memories)),
        "refusals": Numbers(0, sum(story.scenes[scene].heart for scene in story.position)),
        "dissonance": Numbers(0, len({memento.motif for memento in story.header.mementos.values()})),
        "hands": Numbers(0, rules.carry),
        "hunted": BOTH if rules.hunt is not None else (False,),
        "turned": BOTH if rules.turn is not None else (True,),
        "looking": BOTH if rules.wakes_at is not None else (False,),
    }
