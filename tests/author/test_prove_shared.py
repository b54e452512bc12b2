"""Exploring by several processes finds what one finds, however they begin and however the states are shared out."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from itertools import pairwise

import pytest

from eternal.author.prove import parts, shares
from eternal.author.prove.cuts import Cut, cut_by_scene, cut_of
from eternal.author.prove.goals import Goals, goal_names
from eternal.author.prove.parts import loans
from eternal.author.prove.routes import Routes
from eternal.author.prove.shares import explore_shared
from eternal.author.prove.space import Space
from eternal.engine.fast import Fast
from eternal.story.story import Story

#: Shared out from so many states on, and explored to so many.
_FEW, _MOST = 500, 6_000
_METHODS = ["spawn", pytest.param("fork", marks=pytest.mark.skipif(sys.platform != "linux", reason="processes are not copied here"))]


def _quietly(count: int, new: int) -> None:
    """Nobody wants to know how far it is."""


def _explored(story: Story, most: int) -> Space:
    """Explore alone until so many states are found."""
    fast = Fast(story, project=True)
    space = Space(fast, Goals(fast, goal_names(story)))
    first = fast.start()
    space.admit({first & fast.here: {first}})
    while space.frontier and space.count < most:
        space.admit(space.beyond(10 * most))
    return space


def _by_level(space: Space) -> list[dict[int, list[int]]]:
    return [{number: sorted(states) for number, states in sorted(level.items()) if states} for level in space.levels]


def _where(space: Space) -> dict[tuple[str, str], int]:
    return {goal: level for goal, (_, level) in space.goals.found.items()}


class TestTheSame:
    """The same states in the same levels, the same goals found in them."""

    @pytest.mark.parametrize("method", _METHODS)
    @pytest.mark.parametrize("jobs", [2, 3])
    def test_as_one(self, night: Story, jobs: int, method: str) -> None:
        """Several processes find in each level exactly the states that one finds, and every goal as early."""
        one, shared = _explored(night, _MOST), _explored(night, _FEW)
        assert explore_shared(shared, jobs, _MOST, _quietly, method=method)
        assert shared.count == one.count
        assert _by_level(shared) == _by_level(one)
        assert _where(shared) == _where(one)

    def test_shared_out_by_scene(self, night: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is the same where the states are shared out by their scenes."""
        monkeypatch.setattr(shares, "cut_of", cut_by_scene)
        one, shared = _explored(night, _MOST), _explored(night, _FEW)
        explore_shared(shared, 2, _MOST, _quietly)
        assert _by_level(shared) == _by_level(one)

    def test_to_the_end(self, cloak: Story) -> None:
        """A story that ends is found to be exhausted by several as by one, in as many levels."""
        one, shared = _explored(cloak, _MOST), _explored(cloak, 10)
        explore_shared(shared, 2, _MOST, _quietly)
        assert _by_level(shared) == _by_level(one)
        assert shared.exhausted


class TestCuts:
    """Along which line the states are cut."""

    def test_every_state_has_one_owner(self, night: Story) -> None:
        """What is shared out is all there is, each state in one part, and no part is empty."""
        space = _explored(night, _MOST)
        parts = cut_of(space, 3).split(space.seen)
        owned = [{state for states in part.values() for state in states} for part in parts]
        assert all(owned)
        assert sum(map(len, owned)) == space.count
        assert set.union(*owned) == set(space.all())


class TestLoans:
    """Who has more to do lends some of it."""

    def test_all_have_as_much_to_do(self) -> None:
        """States are weighed by what they take: who has few costly ones lends to who has many cheap ones."""
        assert loans([(10_000, 4.0), (10_000, 1.0)]) == [(0, 1, 3_750)]
        assert loans([(10_000, 1.0), (10_000, 1.0), (40_000, 1.0)]) == [(2, 1, 10_000), (2, 0, 10_000)]

    def test_little_is_not_lent(self) -> None:
        """What is nearly even, or next to nothing, is left as it is."""
        assert loans([(10_000, 1.0), (10_400, 1.0)]) == []
        assert loans([(0, 1.0), (3, 1.0)]) == []
        assert loans([(0, 1.0), (0, 1.0)]) == []

    @pytest.mark.skipif(sys.platform != "linux", reason="processes are not copied here")
    def test_what_is_lent_is_looked_beyond_once(self, night: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        """However much is lent, all is found, each state in its level."""
        monkeypatch.setattr(parts, "loans", lambda loads: [(0, 1, loads[0][0])] if loads[0][0] else [])
        one, shared = _explored(night, _MOST), _explored(night, _FEW)
        assert explore_shared(shared, 2, _MOST, _quietly, method="fork")
        assert _by_level(shared) == _by_level(one)


class TestRoutes:
    """Whose the states after an action are."""

    @pytest.mark.parametrize("name", ["night", "cloak"])
    def test_as_each_state_says(self, name: str, request: pytest.FixtureRequest) -> None:
        """By whichever place the states are cut, an action's states are given to whom each of them belongs."""
        space = _explored(request.getfixturevalue(name), _FEW)
        for place, bits in space.fast.layout.bits.items():
            values = frozenset(value << bits.shift for value in range(0, bits.top + 1, 2))
            cut = Cut(bits.mask, (values,))
            routes = Routes(space.fast, cut)
            for number, states in space.seen.items():
                for owner, part in cut.parted(states):
                    found = list(routes.beyond(number, part, owner))
                    assert all(cut.owner(state & bits.mask) == whose for whose, _, after in found for state in after), place
                    alone = {state for _, after in space.fast.expand(number, part) for state in after}
                    assert set().union(*(after for _, _, after in found)) == alone


class TestGone:
    """A process that is gone takes nothing along but its own work."""

    def test_one_goes_on_alone(self, night: Story) -> None:
        """If another process is killed, the space is as it was before, and what is explored from there is what one finds."""
        one, shared = _explored(night, _MOST), _explored(night, _FEW)
        levels, count, wanted = _by_level(shared), shared.count, shared.goals.remaining

        def kill(count: int, new: int) -> None:
            del count, new
            for process in multiprocessing.active_children():
                process.kill()
                process.join()

        assert not explore_shared(shared, 2, _MOST, kill)
        assert (_by_level(shared), shared.count, shared.goals.remaining) == (levels, count, wanted)
        while shared.frontier and shared.count < _MOST:
            shared.advance(_MOST)
        assert _by_level(shared) == _by_level(one)
        assert _where(shared) == _where(one)


class TestInterrupted:
    """What is left when it is interrupted."""

    def test_by_the_player(self, night: Story) -> None:
        """Ctrl+C ends it after the level that is under way, and every level that was found comes home whole."""
        shared, told = _explored(night, _FEW), list[int]()

        def stop(count: int, new: int) -> None:
            del new
            told.append(count)
            if len(told) == 1:
                os.kill(os.getpid(), signal.SIGINT)

        before = len(shared.levels)
        with pytest.raises(KeyboardInterrupt):
            explore_shared(shared, 2, 10 * _MOST, stop)
        assert len(shared.levels) == before + len(told) < before + 4
        assert _by_level(shared) == _by_level(_explored(night, 10 * _MOST))[: len(shared.levels)]
        assert shared.count == told[-1]
        assert all(one < two for one, two in pairwise(told))

    def test_in_the_midst(self, night: Story) -> None:
        """An interruption in the midst of a level leaves what was known before, and nothing of which a part is missing."""
        shared = _explored(night, _FEW)
        levels, count, found = _by_level(shared), shared.count, dict(shared.goals.found)

        def stop(count: int, new: int) -> None:
            del count, new
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            explore_shared(shared, 2, _MOST, stop)
        assert (_by_level(shared), shared.count, shared.goals.found) == (levels, count, found)
