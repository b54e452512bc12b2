"""The playing screen, key by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from eternal.saves.nights import nights
from eternal.saves.profile import read_profile
from eternal.saves.save import Save, folded_save
from eternal.story.story import Story
from eternal.tui.screens.ask import Ask
from eternal.tui.screens.before import BeforeScreen
from eternal.tui.screens.gallery import GalleryScreen
from eternal.tui.screens.hands import HandsScreen
from eternal.tui.screens.help import HelpScreen
from eternal.tui.screens.last_page import LastPage
from eternal.tui.screens.map import MapScreen
from eternal.tui.screens.nights import NightsScreen
from eternal.tui.screens.play import PlayScreen
from eternal.tui.screens.run_away import RunScreen
from eternal.tui.screens.settings import SettingsScreen
from eternal.tui.screens.title import TitleScreen
from eternal.tui.stage import Stage
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.machine_line import MachineLine
from tests.tui.support import drive, shown, still

#: Hand everything over, which has to be said twice.
GIVE = ("1", "1")


def scene(stage: Stage) -> str:
    assert stage.session is not None
    return stage.session.state.scene


def hands(stage: Stage) -> tuple[str, ...]:
    assert stage.session is not None
    return stage.session.state.hands


def leaf(stage: Stage) -> Leaf:
    return stage.screen.query_one(Leaf)


def test_a_digit_takes_that_choice(night: Story) -> None:
    """Digits are choices; a digit without one does nothing."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE)
        assert scene(stage) == "river"
        await pilot.press("9")
        assert scene(stage) == "river"
        await pilot.press("2")
        assert scene(stage) == "river-bank"

    drive(stage, script)


def test_giving_a_thing_away_is_said_twice(night: Story) -> None:
    """The first press holds it out, moving away takes it back; without the setting once is enough."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("1")
        assert scene(stage) == "bedside"
        assert "once more to give it" in shown(stage)
        await pilot.press("down")
        assert "once more to give it" not in shown(stage)
        await pilot.press("up", "enter", "enter")
        assert scene(stage) == "river"

    drive(stage, script)


def test_arrows_and_enter_walk_and_take(night: Story) -> None:
    """Down and up move among the choices and up into the words; Enter takes."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE)
        assert leaf(stage).cursor == "choose:wake"
        await pilot.press("down", "down", "up")
        assert leaf(stage).cursor == "choose:page"
        await pilot.press("up", "up")
        assert leaf(stage).cursor == "keep:right-glove"
        await pilot.press("k", "k", "k")
        assert leaf(stage).cursor == "keep:star"
        await pilot.press("j", "enter")
        assert hands(stage) == ("right-glove",)

    drive(stage, script)


def test_words_are_reached_with_tab_and_kept_with_space(night: Story) -> None:
    """Tab and the side arrows go round among the words; Space keeps those one stands on, and they are lit from then on."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE, "tab")
        assert leaf(stage).cursor == "keep:star"
        await pilot.press("right")
        assert leaf(stage).cursor == "keep:right-glove"
        await pilot.press("tab", "shift+tab", "left", "left")
        assert leaf(stage).cursor == "keep:right-glove"
        await pilot.press("space")
        assert hands(stage) == ("right-glove",)
        assert "in hand: The other glove." in shown(stage)
        assert leaf(stage).spread.words == ["keep:star"]

    drive(stage, script)


def test_what_is_refused_is_said_and_not_saved(night: Story) -> None:
    """Full hands refuse a third fragment with the reason; the night is as it was."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("tab", "space", *GIVE, "tab", "space", "tab", "space")
        assert stage.session is not None
        assert len(hands(stage)) == 2
        assert len(stage.session.save.game.actions) == 3
        assert "your hands hold 2" in stage.screen.query_one(MachineLine).note[0]

    drive(stage, script)


def test_running_opens_with_the_turn(night: Story) -> None:
    """F says that nobody runs yet; after the turn it shows the ways, and Enter runs."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE, "f")
        assert "nobody runs yet" in shown(stage)
        await pilot.press("1", "f")
        assert isinstance(stage.screen, RunScreen)
        assert "along the snow" in shown(stage)
        await pilot.press("enter")
        assert isinstance(stage.screen, PlayScreen)
        assert stage.session is not None
        assert stage.session.state.heat == 1
        assert scene(stage) in {"yard", "fort", "attic", "shore", "pier"}

    drive(stage, script)


def test_hands_hide_and_let_go(night: Story) -> None:
    """In a refuge Enter hides what the cursor is on; X lets it go."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE, "tab", "space", "tab", "space", "1", "f", "enter")
        assert scene(stage) == "yard"
        await pilot.press("d")
        assert isinstance(stage.screen, HandsScreen)
        await pilot.press("enter")
        assert stage.session is not None
        assert [fragment for fragment, _ in stage.session.state.hidden] == ["star"]
        await pilot.press("d", "x")
        assert hands(stage) == ()
        await pilot.press("d")
        assert "Your hands are empty" in shown(stage)

    drive(stage, script)


@pytest.mark.parametrize(
    ("key", "screen"),
    [
        ("m", MapScreen), ("h", BeforeScreen), ("s", NightsScreen), ("o", SettingsScreen), ("f1", HelpScreen),
        ("question_mark", HelpScreen), ("d", HandsScreen),
    ],
)  # fmt: skip
def test_keys_open_their_screens_and_escape_comes_back(night: Story, key: str, screen: type) -> None:
    """Map, before, nights, settings, hands and help are one key away, and Escape leads back."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE, key)
        assert isinstance(stage.screen, screen)
        await pilot.press("escape")
        assert isinstance(stage.screen, PlayScreen)

    drive(stage, script)


def test_undo_takes_back_the_last_step(night: Story) -> None:
    """U goes back one step, and again; at the beginning it says that there is nothing to take back."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE, "2", "u")
        assert scene(stage) == "river"
        await pilot.press("u")
        assert scene(stage) == "bedside"
        await pilot.press("u")
        assert "nothing to take back" in shown(stage)

    drive(stage, script)


def test_leaving_asks_and_keeps_the_night(night: Story) -> None:
    """Q asks; Escape stays; the second answer leads to the title; the night is in the list."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE, "q")
        assert isinstance(stage.screen, Ask)
        await pilot.press("escape")
        assert isinstance(stage.screen, PlayScreen)
        await pilot.press("q", "down", "enter")
        assert isinstance(stage.screen, TitleScreen)
        assert "Continue" in shown(stage)
        await pilot.press("enter")
        assert scene(stage) == "river"
        await pilot.press("q", "enter")

    drive(stage, script)
    assert stage.return_value == 0
    assert [saved.at.actions for saved in nights(night)] == [1]


def test_an_interrupt_leaves_at_once(night: Story) -> None:
    """Ctrl+C leaves without asking, with the code of an interrupt; the night is saved."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE, "ctrl+c")

    drive(stage, script)
    assert stage.return_value == 130
    assert [saved.at.actions for saved in nights(night)] == [1]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
def test_from_the_title_to_an_ending_by_keyboard(night: Story, size: tuple[int, int]) -> None:
    """A whole night from the first screen to the last page and the wall of endings, at three sizes."""
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("enter", *GIVE)
        for _ in range(60):
            if isinstance(stage.screen, LastPage):
                break
            last = sum(does.startswith("choose:") for does in leaf(stage).spread.choices)
            rows = shown(stage).splitlines()
            assert all(any(offer.text[:12] in row for row in rows) for offer in leaf(stage).writing.offers)
            await pilot.press(str(last) if last else "enter")
        assert isinstance(stage.screen, LastPage)
        await pilot.press("enter")
        assert isinstance(stage.screen, GalleryScreen)
        await pilot.press("escape")
        assert isinstance(stage.screen, TitleScreen)

    drive(stage, script, size)
    assert len(read_profile().endings["night"]) == 1


def test_a_finished_night_can_be_taken_back_from_its_last_page(night: Story) -> None:
    """U on the last page goes back to the choice before the ending."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("2", "2")
        for _ in range(60):
            if isinstance(stage.screen, LastPage):
                break
            await pilot.press("enter")
        assert isinstance(stage.screen, LastPage)
        await pilot.press("u")
        assert isinstance(stage.screen, PlayScreen)
        assert stage.session is not None
        assert not stage.session.view.over

    drive(stage, script)


def test_a_story_without_a_machine_plays_too(cloak: Story) -> None:
    """Cloak of Darkness, from its foyer to the message."""
    stage = still(cloak, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("3", "1", "2", "2", "1")
        assert scene(stage) == "won"
        assert "you have won" in shown(stage)

    drive(stage, script)


def test_the_mouse_keeps_words_and_takes_choices(night: Story) -> None:
    """Everything on the page can be clicked."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        async def click(words: str) -> None:
            y = next(y for y, row in enumerate(shown(stage).splitlines()) if words in row)
            await pilot.click(offset=(shown(stage).splitlines()[y].index(words) + 2, y))
            await pilot.pause()

        await click("The pen is hers")
        assert hands(stage) == ("pen",)
        await click("Hand over the shell")
        await click("Hand over the shell")
        assert scene(stage) == "pier"

    drive(stage, script)


def test_a_first_time_player_is_told_once(night: Story) -> None:
    """That words can be kept is said where the first of them stand; never again, nor to the next night's player."""
    stage, again = still(night, mode="new"), still(night, mode="new")

    async def first(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE)
        assert "Underlined words can be kept: Tab walks to them, Space keeps them." in shown(stage)
        await pilot.press("2")
        assert "Underlined words" not in shown(stage)

    async def second(pilot: Pilot[int]) -> None:
        await pilot.press(*GIVE, "2", "1")
        assert "Underlined words" not in shown(again)

    drive(stage, first)
    assert "keep" in read_profile().said
    drive(again, second)


def test_a_save_that_was_changed_under_the_player_is_said(night: Story, tmp_path: Path) -> None:
    """When something else has written to the file, the next action writes the night elsewhere, and the page says where."""
    path = tmp_path / "mine.eternal"

    async def script(pilot: Pilot[int]) -> None:
        with path.open("ab") as file:
            file.write(b"\n")
        await pilot.press(*GIVE)
        await pilot.pause()
        assert "this night goes on as mine-2.eternal" in " ".join(shown(pilot.app).split())  # type: ignore[arg-type]

    with Save.create(night, path, seed=1) as save:
        drive(still(night, save=save), script)
    assert len(folded_save(tmp_path / "mine-2.eternal", night).game.actions) == 1
