"""What holds in every night, however it is played: Hypothesis against a small model of the rules."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from eternal.engine import machine
from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.conditions import percent
from eternal.engine.game import Game
from eternal.engine.state import State
from eternal.errors import Refused
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story
from tests.conftest import PACKS, rebuilt

_NAMES = st.integers(0, 10_000)


class Night(RuleBasedStateMachine):
    """A player who does anything at all, possible or not."""

    story: Story

    def __init__(self) -> None:
        super().__init__()
        self.game = Game(self.story, seed=7)
        self.before = self.game.state

    def act(self, action: Action) -> None:
        """Act, and check that a refusal changed nothing and an action moved the night by exactly one."""
        self.before, count = self.game.state, len(self.game.actions)
        possible = self.game.possible()
        try:
            self.game.act(action)
        except Refused as refused:
            assert refused.message
            assert self.game.state is self.before
            assert len(self.game.actions) == count
            assert action not in possible
        else:
            assert isinstance(action, Rewind) or action in possible
            assert len(self.game.actions) == count + 1
            self.moved(action, self.before, self.game.state)

    def moved(self, action: Action, before: State, after: State) -> None:
        """Compare two states with what the rules promise."""
        if isinstance(action, Rewind):
            return
        assert all(new <= old for new, old in zip(after.strength, before.strength, strict=True))
        assert after.beat >= before.beat
        assert after.lost >= before.lost
        assert after.given >= before.given
        for fragment, place in set(before.hidden) - set(after.hidden):
            assert machine.is_erased(self.story, after, place), f"{fragment} left {place}"
        for latch in ("hunted", "turned", "looking"):
            assert getattr(after, latch) >= getattr(before, latch)

    @rule(pick=_NAMES)
    def something_possible(self, pick: int) -> None:
        """Do one of the things that can be done."""
        possible = self.game.possible()
        if possible:
            self.act(possible[pick % len(possible)])

    @rule(pick=_NAMES, kind=st.sampled_from([Choose, Keep, Drop, Hide, Flee]))
    def anything(self, pick: int, kind: type[Choose | Keep | Drop | Hide | Flee]) -> None:
        """Do something with any name the story has, and some it has not."""
        names = [*self.story.scenes, *self.story.index.fragments, *(c.id for s in self.story.scenes.values() for c in s.choices), "nobody"]
        self.act(kind(names[pick % len(names)]))

    @rule(pick=_NAMES)
    def go_back(self, pick: int) -> None:
        """Rewind to anywhere, and beyond."""
        self.act(Rewind(pick % (len(self.game.states) + 2)))

    @rule()
    def reload(self) -> None:
        """Make the night again from its save: the same state."""
        again = rebuilt(self.game)
        assert again.state == self.game.state
        assert again.path() == self.game.path()
        self.game = again

    @invariant()
    def hands_hold_no_more_than_carry(self) -> None:
        """Two hands hold what two hands hold."""
        rules = self.story.machine
        assert rules is None or len(self.game.state.hands) <= rules.carry

    @invariant()
    def a_fragment_is_in_one_place(self) -> None:
        """In hand, hidden, or lost: never two of them."""
        state = self.game.state
        places = [*state.hands, *(fragment for fragment, _ in state.hidden), *state.lost]
        assert len(places) == len(set(places))

    @invariant()
    def nobody_stands_in_what_is_erased(self) -> None:
        """An erased memory is never entered again, and one is never left standing in it."""
        assert not machine.is_erased(self.story, self.game.state, self.game.state.scene)

    @invariant()
    def percentages_are_percentages(self) -> None:
        """Integrity is 0 to 100, and 0 exactly when a place is erased."""
        for scene in self.story.position:
            left = percent(self.story, self.game.state, scene)
            assert 0 <= left <= 100
            assert (left == 0) == machine.is_erased(self.story, self.game.state, scene)

    @invariant()
    def there_is_always_a_way_on(self) -> None:
        """Until the ending something can be done, and the page shows it."""
        assert self.game.is_over or any(isinstance(action, Choose) for action in self.game.possible())
        page = self.game.view
        assert page.over or page.choices


class SmallNight(Night):
    """On the small story."""

    story = load(PACKS / "night", cached=False)


class ShippedNight(Night):
    """On the story that comes with the package."""

    story = load(SHIPPED, cached=False)


TestSmallNight = SmallNight.TestCase
TestSmallNight.settings = settings(max_examples=120, stateful_step_count=60, deadline=None)
TestShippedNight = ShippedNight.TestCase
TestShippedNight.settings = settings(max_examples=40, stateful_step_count=80, deadline=None)
