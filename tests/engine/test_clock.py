"""There is one clock: whoever sleeps has none but what is heard from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from eternal.engine.clock import hour
from eternal.engine.game import Game
from eternal.saves.save import folded_save
from eternal.story.hours import hour_of
from eternal.story.load import load
from eternal.story.story import Story
from tests.conftest import Player

SAVES = Path(__file__).parents[2] / "saves"


def told(game: Game) -> str:
    """Return the hour of a page."""
    machine = game.view.machine
    return machine.hour if machine else ""


@pytest.mark.parametrize(("beat", "said"), [(0, "23:40"), (1, "23:55"), (12, "02:50"), (23, "05:44"), (24, "06:00"), (99, "06:00")])
def test_beats_are_told_as_hours(beat: int, said: str) -> None:
    """Of twenty-four beats each is a little under sixteen minutes; after dawn it stays six."""
    assert hour(beat, 24) == said


def test_a_story_that_tells_no_hours_tells_its_beats(tmp_path: Path) -> None:
    """One beat of sixty is some six minutes."""
    (tmp_path / "story.yaml").write_text(
        "id: s\ntitle: S\nstart: sea\nendings: [up]\nmachine: {morning: bed}\n---\n"
        "id: sea\nkind: memory\ntitle: Sea\nwhen: '2003'\nstrength: 9\ntext: Sea.\nchoices: [{id: wait, text: Wait.}]\n---\n"
        "id: bed\ntitle: Bed\ntext: Bed.\nchoices: [{id: up, text: Up., to: up}]\n---\nid: up\nkind: ending\ntitle: Up\ntext: Up.\n"
    )
    game = Game(load(tmp_path, cached=False))
    assert told(game) == "23:40"
    game.choose("wait")
    assert told(game) == "23:46"


def test_where_hours_are_told_the_last_of_them_stands(play: Player) -> None:
    """Beats move nothing; the page outside tells its own hour, and back asleep it is that."""
    game = play("all", "wake", "wake", "wake")
    assert (game.state.beat, told(game)) == (3, "23:40")
    game = play("wake")
    assert (game.state.scene, told(game)) == ("wires", "23:40")
    game = play("on")
    assert (game.state.scene, told(game)) == ("wires-2", "23:52")
    game = play("on", "stay")
    assert (game.state.scene, told(game)) == ("pier", "23:52")


@pytest.mark.parametrize("save", sorted(path.stem for path in SAVES.glob("*.eternal")))
def test_no_clock_of_a_recorded_night_goes_back(shipped: Story, save: str) -> None:
    """From the first beat to the last the hour on the page is never earlier than on the page before."""
    game = folded_save(SAVES / f"{save}.eternal", shipped).game
    again, hours = Game(shipped, seed=game.seed, past=game.past), []
    for action in game.actions:
        again.act(action)
        hours.append(told(again))
    heard = [at for at in hours if at]
    assert heard == sorted(heard, key=hour_of)
    assert len(set(heard)) > 3
