"""Every screen as a picture, at three sizes.

After a change that is meant to be seen: `pytest tests/snapshots --snapshot-update`, and look at each of them.
"""

from __future__ import annotations

import pytest

from eternal.locations import saves_folder
from eternal.saves.profile import remember
from eternal.story.story import Story
from eternal.tui.screens.cinema import CinemaScreen
from eternal.tui.screens.keys import KeysScreen
from tests.snapshots.support import SIZES, Compare, at, played, saved
from tests.tui.support import still

#: As far as a short night goes: something kept, something hidden, something gone.
NIGHT = ("choose all", "keep star", "choose wake", "flee yard", "hide star", "choose back", "choose on", "choose long")


@SIZES
class TestOutside:
    """Title, nights, endings, settings, keys."""

    def test_title(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """The first screen of all."""
        assert snap_compare(still(night), terminal_size=size)

    def test_title_with_a_night(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """The first screen, with a night to continue and its sky."""
        saved(played(night, *NIGHT), "night-1")
        assert snap_compare(still(night), terminal_size=size)

    def test_nights(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """Three nights: one under way, one ended, one that cannot be opened."""
        saved(played(night, *NIGHT), "the one with the yard")
        saved(played(night, "choose all"), "night-2")
        (saves_folder() / "broken.eternal").write_bytes(b"no save\n")
        stage = still(night)
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.go("nights")))

    def test_endings(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """One frame and two nails."""
        game = played(night, "choose all", "keep star", "choose wake", "flee yard", "hide star", "choose back")
        for _ in range(40):
            if not game.is_over:
                game.choose(game.view.choices[-1].id)
        remember(game)
        stage = still(night)
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.go("endings")))

    def test_settings(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """Every setting with its value."""
        stage = still(night)
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.go("settings"), "down"))

    def test_keys(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """The keys, with one that is being changed."""
        stage = still(night)
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.push_screen(KeysScreen()), "down", "enter"))


@SIZES
class TestNight:
    """The playing screen and what is one key away from it."""

    def test_table(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """The things on the desk, one choice held out."""
        stage = still(night, mode="new")
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, None, "1"))

    def test_memory(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """A page that is going, with words kept and words to keep."""
        stage = still(night, mode="new")
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, None, "1", "1", "tab", "space", "1", "tab"))

    def test_refuge(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """A place below the horizon, with something to hide."""
        stage = still(night, mode="new")
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, None, *"11", "tab", "space", "1", "f", "enter"))

    def test_map(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """The sky after a while, walked to a neighbour."""
        saved(played(night, *NIGHT), "night-1")
        stage = still(night, mode="continue")
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.go("map"), "left"))

    def test_ways_to_run(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """By motif."""
        stage = still(night, mode="new")
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, None, *"111", "f"))

    def test_hands(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """What is held, what is hidden."""
        saved(played(night, *NIGHT[:5], "keep breath"), "night-1")
        stage = still(night, mode="continue")
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.go("hands")))

    def test_before(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """The night so far."""
        saved(played(night, *NIGHT), "night-1")
        stage = still(night, mode="continue")
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.go("before"), "up"))

    def test_help(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """What can be done here."""
        stage = still(night, mode="new")
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, None, "1", "1", "f1"))

    def test_question(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """A question over the page."""
        stage = still(night, mode="new")
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, None, "q"))

    def test_last_page(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """Nothing but the words that were carried out."""
        game = played(
            night, "choose all", "keep star", "choose wake", "flee yard", "hide star", "keep breath", "hide breath", "choose back"
        )
        for _ in range(40):
            if not game.is_over:
                game.choose(game.view.choices[-1].id)
        saved(game, "night-1")
        stage = still(night)
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.open(saves_folder() / "night-1.eternal")))

    def test_cinema(self, night: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """A night being watched, stopped in the middle."""
        stage = still(night, film=CinemaScreen(played(night, *NIGHT)))
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, None, "home", *["right"] * 6))


class TestThemes:
    """The same page in each theme, and in sixteen colours."""

    @pytest.mark.parametrize("theme", ["night", "snow", "tangerine", "paper"])
    def test_theme(self, night: Story, snap_compare: Compare, theme: str) -> None:
        """Her hair is red here."""
        stage = still(night, mode="new")
        stage.theme = theme
        assert snap_compare(stage, terminal_size=(80, 24), run_before=at(stage, None, "1", "1", "tab", "space"))

    def test_sixteen_colours(self, night: Story, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is mixed."""
        monkeypatch.delenv("COLORTERM")
        monkeypatch.setenv("TERM", "xterm")
        stage = still(night, mode="new")
        assert snap_compare(stage, terminal_size=(80, 24), run_before=at(stage, None, "1", "1", "tab", "space"))
