"""Local arguments: what they say can never be, no state of any story shows."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from eternal.author.prove.escape import always_offers, has_escape
from eternal.author.prove.goals import goal_names
from eternal.author.prove.local import argued
from eternal.author.prove.nearest import condition_of, scene_of
from eternal.author.prove.possible import Possible
from eternal.author.prove.shown import shows, ways_on
from eternal.author.prove.slicing import sliced
from eternal.author.prove.trying import can_hold, must_hold
from eternal.engine.choices import available, blocks, fragments_here, possible
from eternal.engine.conditions import holds
from eternal.engine.game import Game
from eternal.engine.state import State
from eternal.engine.step import is_over, start, step
from eternal.story.load import load
from eternal.story.story import Story
from tests.engine.fast_made import made_story

PACKS = Path(__file__).parents[1] / "packs"
MENDED = sorted((PACKS / "faults").glob("*/mended"))


def states_of(story: Story, nights: int, length: int) -> list[State]:
    """Return the states that some wandering nights meet, after different earlier nights."""
    rng, found = Random(5), []
    for night in range(nights):
        state = start(story, 0, ((), ("e0",), ("e0", "e1"))[night % 3])
        for _ in range(length):
            found.append(state)
            options = possible(story, state)
            if is_over(story, state) or not options:
                break
            state = step(story, state, rng.choice(options))
    return found


@pytest.fixture(params=range(60))
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Story:
    """A story made by chance."""
    return made_story(tmp_path / "made", request.param, machine=request.param % 4 != 0)


class TestMadeByChance:
    """Stories made by chance, with every rule of the night in them."""

    def test_nothing_impossible_is_met(self, made: Story) -> None:
        """What the abstract run of a story does not contain, no night meets."""
        run = Possible(made)
        for state in states_of(made, 24, 50):
            assert state.scene in run.scenes
            assert {(state.scene, choice.id) for choice in available(made, state)} <= run.choices
            assert {(state.scene, number) for number, _ in blocks(made, state)} <= run.blocks
            assert set(fragments_here(made, state)) <= run.fragments
            assert state.given <= run.given
            assert (state.turned, state.hunted) <= (run.turned, run.hunted)
            assert all(value in run.values[name] for name, value in zip(made.variables, state.values, strict=True))

    def test_nothing_refuted_is_shown(self, made: Story) -> None:
        """What a local argument refutes no night shows, and where it says that one can always go on, one can."""
        run = Possible(made)
        found = dict(argued(run, goal_names(made)))
        refuted = [goal for goal, finding in found.items() if finding.verdict == "refuted"]
        proved = {about for (kind, about), finding in found.items() if kind == "way-on" and finding.verdict == "proved"}
        for state in states_of(made, 24, 50):
            game = Game(made)
            game.states.append(state)
            assert not any(shows(game, goal) for goal in refuted)
            assert state.scene not in proved or is_over(made, state) or ways_on(made, state)

    def test_no_slice_misses_what_holds(self, made: Story) -> None:
        """Where a condition holds in some state, the slice of what it reads has a state in which it may."""
        run, met = Possible(made), states_of(made, 24, 50)
        goals = [goal for goal in goal_names(made) if goal[0] in ("choice", "block") and condition_of(made, goal)]
        for goal in goals[:12]:
            scene, condition = scene_of(made, goal), condition_of(made, goal)
            assert scene is not None
            assert condition is not None
            if any(state.scene == scene and holds(made, state, condition, scene) for state in met):
                for night in (False, True):
                    slice_ = sliced(run, [condition], scene, night=night)
                    assert slice_ is None or slice_.ever(scene, condition), (goal, condition, night)

    def test_who_has_an_escape_escapes(self, made: Story) -> None:
        """Where every scene leads on towards an ending, every state that is met can reach one."""
        run = Possible(made)
        if not has_escape(run):
            return
        for state in states_of(made, 6, 40)[::7]:
            assert reaches_ending(made, state)


def reaches_ending(story: Story, state: State) -> bool:
    """Tell whether a state can reach an ending: nearest first, told apart by all but the visits that nobody counts so far."""
    from eternal.engine.fast import Fast

    fast = Fast(story, project=True)
    first = fast.project(fast.pack(state))
    seen, level = {first}, {first}
    while level:
        if any(map(fast.is_over, level)):
            return True
        level = {after for one in level for _, after in fast.moves(one)} - seen
        seen |= level
    return False


class TestArguments:
    """Single arguments."""

    @pytest.mark.parametrize("pack", [PACKS / "night", *MENDED], ids=lambda pack: pack.parent.name)
    def test_always_offered(self, pack: Path) -> None:
        """Scenes with an unconditional choice, or conditions that leave no gap, are known to go on."""
        run = Possible(load(pack, cached=False))
        sure = [scene for scene in run.story.scenes.values() if scene.choices and all(choice.if_ is None for choice in scene.choices)]
        assert all(always_offers(run, scene) for scene in sure)

    def test_night_has_an_escape(self, night: Story) -> None:
        """The small night always ends: beats run out, and the morning leads to endings."""
        assert has_escape(Possible(night))

    def test_cloak_has_none_that_is_local(self, cloak: Story) -> None:
        """Cloak's ways depend on where the cloak is: only its states can tell, so nothing is claimed."""
        assert not has_escape(Possible(cloak))

    def test_gaps(self) -> None:
        """Conditions over small domains are tried with every value; where there are too many to try, nothing is claimed."""

        def few(atom: object, limits: object) -> tuple[int, ...]:
            del atom, limits
            return (0, 1, 2, 3)

        assert must_hold(["trust < 2", "trust >= 2"], few)
        assert not must_hold(["trust < 2", "trust > 2"], few)
        assert not can_hold(["trust < 2 and trust > 2"], few)
        assert must_hold(["trust < 2"], few, unless=["trust < 1"])
        assert not must_hold(["trust < 2"], few, unless=["trust < 3"])

        def many(atom: object, limits: object) -> tuple[int, ...]:
            del atom, limits
            return tuple(range(400))

        assert can_hold(["trust + anger < 0"], many)
        assert not must_hold(["trust + anger >= 0"], many)
