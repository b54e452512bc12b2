"""What is to be found: each claim about states as a test of the states of a scene."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from eternal.author.prove.finding import Kind
from eternal.engine.fast import Fast
from eternal.story.claims import read_claim
from eternal.story.schema import Scene, blocks_of
from eternal.story.story import Story

__all__ = ["Goal", "Goals", "Test", "claims_of", "goal_names", "stuck_test"]

#: A claim's kind and what it is about.
Goal = tuple[Kind, str]
Test = Callable[[int], object]


class Goals:
    """The goals that are still to be found, by scene.

    Attributes:
        left: number of a scene -> its goals with their tests.
        found: goal -> a state that shows it, and the level it was found in.
        level: the level that is being looked at.
    """

    def __init__(self, fast: Fast, wanted: Iterable[Goal]) -> None:
        """Prepare the tests of the goals that are wanted."""
        self.fast = fast
        self.left: dict[int, dict[Goal, Test]] = {}
        self.found: dict[Goal, tuple[int, int]] = {}
        self.level = 0
        self._wanted = set(wanted)
        self._made: set[int] = set()

    def copied(self) -> Goals:
        """Return the same goals, of which what is found from now on is not noted in these."""
        copy = Goals(self.fast, self._wanted)
        copy.found, copy.level = dict(self.found), self.level
        return copy

    def look(self, number: int, states: Iterable[int]) -> None:
        """Look whether new states of a scene show any goal that is left."""
        left = self.left.get(number)
        if left is None:
            left = self.left[number] = self._tests(number)
        if not left:
            return
        for goal, test in list(left.items()):
            state = next(filter(test, states), None)
            if state is not None:
                self.take(goal, state)

    def take(self, goal: Goal, state: int) -> None:
        """Note that a goal has been found."""
        self.found.setdefault(goal, (state, self.level))
        for left in self.left.values():
            left.pop(goal, None)
        self._wanted.discard(goal)

    def drop(self, goals: Iterable[Goal]) -> None:
        """Look no further for goals that somebody else has found."""
        for goal in goals:
            for left in self.left.values():
                left.pop(goal, None)
            self._wanted.discard(goal)

    @property
    def remaining(self) -> frozenset[Goal]:
        """The goals that nobody has found."""
        return frozenset(self._wanted)

    def _tests(self, number: int) -> dict[Goal, Test]:
        if not self._wanted:
            return {}
        scene = self.fast.story.scenes[self.fast.scenes[number]]
        return {goal: test for goal, test in _scene_tests(self.fast, scene).items() if goal in self._wanted}


def _scene_tests(fast: Fast, scene: Scene) -> dict[Goal, Test]:
    """Return every goal that a state of a scene can show."""
    tests: dict[Goal, Test] = {("scene", scene.id): _always}
    if scene.kind == "ending":
        tests["ending", scene.id] = _always
    else:
        tests["way-on", scene.id] = stuck_test(fast, scene)
    tests |= {("choice", f"{scene.id}/{choice}"): test for choice, test in fast.offered(scene.id)}
    tests |= {("block", f"{scene.id}#{number}"): test for number, test in fast.shown(scene.id)}
    tests |= {("fragment", fragment): test for fragment, test in fast.takeable(scene.id)}
    return tests | {("claim", text): fast.test(condition, scene.id) for text, condition in claims_of(fast.story)}


def _always(state: int) -> bool:
    del state
    return True


def stuck_test(fast: Fast, scene: Scene) -> Test:
    """Return the test that a state of a scene offers no way on: no choice, and no letting it carry one."""
    if fast.story.machine is not None and scene.kind in ("memory", "refuge"):
        return lambda state: False  # noqa: ARG005 - one can always drift on
    return fast.stuck(scene.id)


def claims_of(story: Story) -> list[tuple[str, str]]:
    """Return the author's claims that are about states: their text and the condition whose holding settles them."""
    read = [(text, read_claim(text)) for text in story.header.claims]
    return [(text, claim.about) for text, claim in read if claim is not None and claim.kind != "always eventually"]


def goal_names(story: Story) -> list[Goal]:
    """Return every goal of a story, in the order of its scenes; a goal about being stuck is hoped never to be found."""
    names: list[Goal] = []
    for scene in story.scenes.values():
        names += [("ending" if scene.kind == "ending" else "scene", scene.id)]
        names += [("way-on", scene.id)] if scene.kind != "ending" else []
        names += [("choice", f"{scene.id}/{choice.id}") for choice in scene.choices]
        names += [("block", f"{scene.id}#{number}") for number, _ in enumerate(blocks_of(scene.text))]
        names += [("fragment", fragment) for fragment in scene.fragments]
    return names + [("claim", text) for text, _ in claims_of(story)]
