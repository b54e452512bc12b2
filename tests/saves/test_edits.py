"""Saves survive edits of the story: words and order change freely, renames are declared, and what stops says where."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eternal.saves.errors import SaveError
from eternal.saves.fold import fold
from eternal.saves.parse import parse
from eternal.saves.save import Save, SaveStopped, read_save
from eternal.saves.session import branch
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story
from tests.conftest import PACKS
from tests.saves.author import edit_often, nights_of
from tests.saves.nights import edited, journal, random_night, recorded

RECORDED = sorted((SHIPPED.parent / "saves").glob("*.eternal"))


def test_a_hundred_edits_of_a_small_story(night: Story, tmp_path: Path) -> None:
    """Random nights, each of them opened or stopped by name; harmless edits stop none."""
    saves = [journal(random_night(night, seed)) for seed in range(12)]
    tally = edit_often(PACKS / "night", saves, tmp_path / "pack", random.Random(1), edits=120, sample=6)
    assert tally.opened.total() > 300
    assert tally.stopped.total() > 30
    print(f"{tally.edits.total()} edits of the small story: {tally.opened.total()} opened, {tally.stopped.total()} stopped by name")


def test_edits_of_the_shipped_story(tmp_path: Path) -> None:
    """The nights in `saves/`; `make torture` makes over a thousand edits."""
    saves = nights_of(load(SHIPPED, cached=False), RECORDED)
    tally = edit_often(SHIPPED, saves, tmp_path / "pack", random.Random(2), edits=15, sample=3)
    assert tally.opened.total() > 12
    print(f"{tally.edits.total()} edits of the shipped story: {tally.opened.total()} opened, {tally.stopped.total()} stopped by name")


def test_a_step_in_another_place_is_no_longer_the_same_step(night: Story, tmp_path: Path) -> None:
    """Both scenes have a choice called `back`: the save stops all the same, for it was taken elsewhere."""
    path = recorded(night, tmp_path / "a.eternal", "all", "page", "back")
    story = edited(tmp_path, ("to: river-bank", "to: yard"))
    with pytest.raises(SaveStopped, match=r"step 3 \(choose back in river-bank\) .*: the night stands in 'yard' there"):
        Save.open(path, story)


def test_a_scene_that_is_gone_is_named(night: Story, tmp_path: Path) -> None:
    """So that an author knows what to declare."""
    path = recorded(night, tmp_path / "a.eternal", "all", "page", "back")
    story = edited(tmp_path, ("river-bank", "river-far-bank"))
    with pytest.raises(SaveStopped, match="there is no scene 'river-bank' any more, and the night stands in 'river-far-bank' there"):
        Save.open(path, story)


def test_a_player_goes_on_from_the_last_good_point_in_a_new_file(night: Story, tmp_path: Path) -> None:
    """Beside the save, called after the step, and the save stays for a story that can play it."""
    path = recorded(night, tmp_path / "night-1.eternal", "some", "stay", "stay")
    before = path.read_bytes()
    story = edited(tmp_path, ("id: stay,", "id: remain,"))
    with branch(story, path) as save:
        assert save.path == tmp_path / "night-1-from-1.eternal"
        assert save.notices == []
        save.game.choose("remain")
    with branch(story, path) as again:
        assert again.path == tmp_path / "night-1-from-2.eternal"
    assert path.read_bytes() == before
    with Save.open(tmp_path / "night-1-from-1.eternal", story) as save:
        assert [scene.scene for scene in save.game.states] == ["bedside", "pier", "pier"]


def test_taking_over_from_a_replay(night: Story, cloak: Story, tmp_path: Path) -> None:
    """Any point of a save will do; not one of another story."""
    path = recorded(night, tmp_path / "a.eternal", "some", "stay", "stay")
    with branch(night, path, until=2) as save:
        assert len(save.game.actions) == 2
        assert parse((tmp_path / "a-from-2.eternal").read_bytes(), "x").records == read_save(path).records[:2]
    with pytest.raises(SaveError, match="not of 'cloak'"):
        branch(cloak, path)


def test_an_id_of_today_is_never_taken_for_a_former_one(night: Story, tmp_path: Path) -> None:
    """An author who declares a rename and then gives the old id to something new has changed the step."""
    path = recorded(night, tmp_path / "a.eternal", "some", "stay")
    old = "- {id: stay, text: Stay., add: {calm: 1}}"
    story = edited(
        tmp_path, (old, "- {id: remain, text: Remain., formerly: [stay], add: {calm: 1}}\n  - {id: stay, text: Stay., add: {calm: 2}}")
    )
    parsed = read_save(path)
    assert fold(story, parsed.header, parsed.records).diverged == 2


def test_an_ending_that_was_renamed_is_still_in_the_past(night: Story, tmp_path: Path) -> None:
    """The header of an old save names it as it was."""
    with Save.create(night, tmp_path / "a.eternal", past=("nothing",)) as save:
        save.game.choose("some")
    story = edited(
        tmp_path,
        ("to: nothing", "to: nothing-left"),
        ("id: nothing", "id: nothing-left\nformerly: [nothing]"),
        ("[nothing,", "[nothing-left,"),
    )
    with Save.open(tmp_path / "a.eternal", story) as save:
        assert save.game.past == ("nothing-left",)
