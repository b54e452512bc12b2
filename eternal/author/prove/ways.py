"""How far the scenes of a story are from one another, and which choices lead nearer to one."""

from __future__ import annotations

from functools import cache, lru_cache

from eternal.engine.fast import Fast
from eternal.story.schema import NEXT, Choice

__all__ = ["Ways", "ways_of"]


class Ways:
    """The choices of a story as ways.

    Attributes:
        choices: every choice, with its scene and its code.
        into: a scene -> the choices that lead to it from another; `setting`: a variable -> those that set it, with the value.
    """

    def __init__(self, fast: Fast) -> None:
        """Prepare; a scene's ways are worked out when they are first asked for."""
        codes = fast.codes.choose
        self.choices = [(scene.id, choice, codes[choice.id]) for scene in fast.story.scenes.values() for choice in scene.choices]
        self.into: dict[str, list[tuple[str, Choice]]] = {}
        self.setting: dict[str, list[tuple[str, str, int]]] = {}
        for name, choice, code in self.choices:
            if choice.to is not None and choice.to != name:
                self.into.setdefault(choice.to, []).append((name, choice))
            for variable, value in choice.set.items():
                self.setting.setdefault(variable, []).append((value, name, code))
        self._before: dict[str, set[str]] = {}
        for name, choice, _ in self.choices:
            if choice.to is not None:
                self._before.setdefault(choice.to, set()).add(name)
        self.nearer = cache(self._nearer)

    def _nearer(self, scene: str) -> list[tuple[str, int]]:
        """Return the choices that lead nearer to a scene: the scene and the code of each."""
        far = self._distances(scene)
        ways = [(name, str(choice.to), code) for name, choice, code in self.choices if choice.to not in (None, NEXT)]
        return [(name, code) for name, to, code in ways if to in far and far[to] < far.get(name, len(far))]

    def _distances(self, scene: str) -> dict[str, int]:
        """Return how many choices each scene is away from one, of those that lead there at all."""
        far, level = {scene: 0}, [scene]
        for there in level:  # it grows
            for before in self._before.get(there, ()):
                if before not in far:
                    far[before] = far[there] + 1
                    level.append(before)
        return far


@lru_cache(maxsize=4)
def ways_of(fast: Fast) -> Ways:
    """Return the ways of a story, worked out once."""
    return Ways(fast)
