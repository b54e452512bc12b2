"""`eternal diff`: what changed between two versions, and which saves would stop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eternal.author.diff import Renamed, changes, difference, fates
from eternal.saves.save import Save
from eternal.story.load import load
from eternal.story.story import Story
from tests.author.desk import copied, edit, eternal, saved
from tests.conftest import PACKS

CLOAK = PACKS / "cloak"
#: A way to the good ending, and one that reads the message trampled.
WON, LOST = ("west", "hang", "east", "south", "read"), ("south", "fumble", "north", "west", "hang", "east", "south", "squint")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A version of Cloak to edit."""
    return copied("cloak", tmp_path / "new")


@pytest.fixture
def nights(tmp_path: Path) -> Path:
    """A folder with two nights of Cloak as it was."""
    for name, acts in (("won", WON), ("lost", LOST)):
        saved(CLOAK, tmp_path / "saves" / f"{name}.eternal", acts)
    return tmp_path / "saves"


def test_the_same_story_has_not_changed(cloak: Story) -> None:
    """Nothing of any sort."""
    assert all(not any((c.vanished, c.renamed, c.added, c.changed, c.likely)) for c in changes(cloak, cloak).values())


def test_what_vanished_is_named_and_what_it_may_be_now(cloak: Story, new: Path) -> None:
    """A scene whose id was changed reads the same under another: that is said. Its choices are not called vanished."""
    edit(new, "opera.yaml", ("id: cloakroom", "id: wardrobe"), ("to: cloakroom", "to: wardrobe"), ("id: fumble", "id: grope"))
    found = changes(cloak, load(new, cached=False))
    assert found["scenes"].vanished == ("cloakroom",)
    assert found["scenes"].added == ("wardrobe",)
    assert found["scenes"].likely == (Renamed("cloakroom", "wardrobe"),)
    assert found["choices"].vanished == ("bar/fumble",)
    assert found["choices"].likely == (Renamed("bar/fumble", "bar/grope"),)


def test_what_formerly_declares_is_renamed(cloak: Story, new: Path) -> None:
    """Scenes, choices and fragments alike; nothing of it vanished or is new."""
    edit(new, "opera.yaml", ("id: cloakroom", "id: wardrobe\nformerly: [cloakroom]"), ("to: cloakroom", "to: wardrobe"))
    edit(new, "opera.yaml", ("{id: hang, ", "{id: put, formerly: [hang], "))
    found = changes(cloak, load(new, cached=False))
    assert found["scenes"].renamed == (Renamed("cloakroom", "wardrobe"),)
    assert found["choices"].renamed == (Renamed("cloakroom/hang", "wardrobe/put"),)
    assert not any((c.vanished, c.added) != ((), ()) for c in found.values())


def test_a_fragment_can_be_renamed_and_a_variable_vanish(night: Story, tmp_path: Path) -> None:
    """Each sort is told apart."""
    pack = copied("night", tmp_path / "new")
    edit(pack, "memories.yaml", ("(keep:plank)", "(keep:board)"), ("  plank: {", "  board: {formerly: [plank], "))
    edit(pack, "story.yaml", ("  met: false\n", ""), ("a photograph", "a portrait"))
    found = changes(night, load(pack, cached=False))
    assert found["fragments"].renamed == (Renamed("plank", "board"),)
    assert found["variables"].vanished == ("met",)
    assert found["mementos"].changed == ("photo",)


def test_text_may_change_freely(cloak: Story, new: Path, nights: Path) -> None:
    """It is said which scenes read differently, and no save stops."""
    edit(new, "opera.yaml", ("It is pitch dark", "It is as dark as a hat"), ("Hang the cloak on the hook.", "Hang it up."))
    found = difference(cloak, load(new, cached=False), nights)
    assert found.scenes.changed == ("cloakroom", "bar")
    assert found.choices.changed == ("cloakroom/hang",)
    assert [fate.outcome for fate in found.saves] == ["goes on", "goes on"]
    assert found.stopped == 0


def test_a_save_stops_at_the_step_that_is_gone(cloak: Story, new: Path, nights: Path) -> None:
    """The step is named; the save that never did it goes on."""
    edit(new, "opera.yaml", ("{id: fumble,", "{id: stumble,"))
    lost, won = fates(nights, cloak, load(new, cached=False))
    assert (lost.outcome, lost.step, lost.scene, lost.was) == ("stops", 2, "bar", "lost")
    assert lost.message.startswith("lost.eternal: step 2 (choose fumble in bar) is no longer possible: ")
    assert (won.outcome, won.scene) == ("goes on", "won")


def test_a_save_that_ends_elsewhere_is_told(cloak: Story, new: Path, nights: Path) -> None:
    """Every step is still possible, but it is another story."""
    edit(new, "opera.yaml", ("trampled < 2, to: won", "trampled < 2, to: lost"))
    fate = fates(nights, cloak, load(new, cached=False))[1]
    assert (fate.outcome, fate.was, fate.scene) == ("elsewhere", "won", "lost")


def test_what_is_no_night_of_this_story_is_said_to_be_so(cloak: Story, night: Story, nights: Path) -> None:
    """A save without a step is one, and goes on."""
    (nights / "damaged.eternal").write_bytes(b"nothing of the kind\n")
    Save.create(night, nights / "foreign.eternal").close()
    saved(CLOAK, nights / "old.eternal", WON)
    data = (nights / "old.eternal").read_bytes()
    (nights / "old.eternal").write_bytes(data[: data.index(b"\n") + 1])
    outcomes = {fate.name.removesuffix(".eternal"): fate.outcome for fate in fates(nights, cloak, cloak)}
    assert outcomes == {"damaged": "unreadable", "foreign": "foreign", "lost": "goes on", "old": "goes on", "won": "goes on"}


def test_a_save_that_stopped_before_is_not_stopped_by_the_change(new: Path, nights: Path) -> None:
    """It is called broken, and does not count."""
    edit(new, "opera.yaml", ("{id: fumble,", "{id: stumble,"))
    edited = load(new, cached=False)
    found = difference(edited, edited, nights)
    assert [fate.outcome for fate in found.saves] == ["broken", "goes on"]
    assert found.stopped == 0


def test_the_command_exits_with_1_only_if_a_save_would_stop(new: Path, nights: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """What vanished is told first; a folder that is not there is a wrong command line."""
    edit(new, "opera.yaml", ("{id: fumble,", "{id: stumble,"))
    said = eternal(capfdbinary, "diff", CLOAK, new)
    assert said.code == 0
    assert said.out.splitlines()[0] == "vanished  choice bar/fumble ('bar/stumble' reads the same: give it formerly: [fumble])"
    said = eternal(capfdbinary, "diff", CLOAK, new, "--saves", nights)
    assert said.code == 1
    assert said.out.endswith("1 of 2 saves would stop\n")
    assert json.loads(eternal(capfdbinary, "diff", CLOAK, new, "--saves", nights, "--json").out)["saves"][0]["step"] == 2
    assert eternal(capfdbinary, "diff", CLOAK, new, "--saves", nights / "none").code == 2
