"""The whole graph of an exhausted story: dead ends, and figures that are exact because nothing is left out."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from eternal.author.prove.finding import Figures
from eternal.author.prove.space import Space
from eternal.engine.actions import Choose
from eternal.engine.fast import Fast

__all__ = ["Graph"]

#: The walk of the uniform player is summed until this little of it has not ended, or so many moves have been made.
_REST, _MOVES = 1e-12, 60_000_000


class Graph:
    """States as numbers in the order they were found, and for each the states after its moves.

    Attributes:
        states: the packed states; `number`: the place of each; `first`: where the moves of each begin in `after` and `codes`.
        endings: for each state the endings that can be reached from it, as bits in the order of `names`.
    """

    def __init__(self, space: Space) -> None:
        """Work out every move of every state."""
        self.fast: Fast = space.fast
        self.states: list[int] = list(space.all())
        self.number = number = {state: place for place, state in enumerate(self.states)}
        self.first = array("Q", [0])
        self.after = array("L")
        self.codes = array("L")
        for state in self.states:
            for code, then in self.fast.moves(state):
                self.after.append(number.get(then, len(self.states)))
                self.codes.append(code)
            self.first.append(len(self.after))
        self.names = [scene for place, scene in enumerate(self.fast.scenes) if self.fast.is_ending[place]]
        self.endings = self._endings()

    def _endings(self) -> list[int]:
        """Return the endings that can be reached from each state, repeating from the last state to the first until nothing changes."""
        bit = {self.fast.layout.number[name]: 1 << place for place, name in enumerate(self.names)}
        here, first, after = self.fast.here, self.first, self.after
        masks = [bit.get(state & here, 0) for state in self.states]
        masks.append((1 << len(self.names)) - 1)  # beyond the frontier: nobody has looked
        changed = True
        while changed:
            changed = False
            for place in range(len(self.states) - 1, -1, -1):
                mask = masks[place]
                for then in after[first[place] : first[place + 1]]:
                    mask |= masks[then]
                if mask != masks[place]:
                    masks[place] = mask
                    changed = True
        return masks

    def reached(self, state: int) -> list[str]:
        """Return the endings that can be reached from a state."""
        mask = self.endings[self.number[state]]
        return [name for place, name in enumerate(self.names) if mask >> place & 1]

    def first_dead(self, space: Space) -> tuple[int, int] | None:
        """Return the first state found from which no ending can be reached, and its level."""
        place = 0
        for level, states in enumerate(space.levels):
            for some in states.values():
                for state in some:
                    if not self.endings[place]:
                        return state, level
                    place += 1
        return None

    def figures(self, roots: Iterable[int], shortest: dict[str, int]) -> Figures:
        """Return the exact figures."""
        chances, astray = self._chances(set(roots))
        return Figures(endings=chances, astray=astray, idle=tuple(self._idle()), shortest=shortest)

    def _chances(self, roots: set[int]) -> tuple[dict[str, float], float]:
        """Let the uniform player walk all ways at once until hardly anything of them is under way."""
        first, after = self.first, self.after
        mass = [1.0 / len(roots) if state in roots else 0.0 for state in self.states]
        over = [self.fast.is_over(state) for state in self.states]
        moving = [place for place in range(len(self.states)) if not over[place] and first[place] < first[place + 1]]
        for _ in range(max(10, _MOVES // max(1, len(after)))):
            for place in moving:
                if mass[place]:
                    part = mass[place] / (first[place + 1] - first[place])
                    mass[place] = 0.0
                    for then in after[first[place] : first[place + 1]]:
                        mass[then] += part
            if sum(mass[place] for place in moving) < _REST:
                break
        chances = dict.fromkeys(self.names, 0.0)
        for place, state in enumerate(self.states):
            if over[place]:
                chances[self.fast.scenes[state & self.fast.here]] += mass[place]
        return chances, max(0.0, 1.0 - sum(chances.values()))

    def _idle(self) -> list[str]:
        """Return the choices that stand beside others and after which exactly those endings remain that could be reached before."""
        beside: set[tuple[str, int]] = set()
        matters: set[tuple[str, int]] = set()
        fast, first = self.fast, self.first
        for place, state in enumerate(self.states):
            scene = fast.scenes[state & fast.here]
            moves = [(self.codes[at], self.after[at]) for at in range(first[place], first[place + 1])]
            chosen = [(code, then) for code, then in moves if isinstance(fast.action(code), Choose)]
            for code, then in chosen:
                if len(chosen) > 1:
                    beside.add((scene, code))
                if self.endings[then] != self.endings[place]:
                    matters.add((scene, code))
        named = {f"{scene}/{action.id}" for scene, code in beside - matters if isinstance(action := fast.action(code), Choose)}
        every = (f"{scene.id}/{choice.id}" for scene in fast.story.scenes.values() for choice in scene.choices)
        return [name for name in every if name in named]
