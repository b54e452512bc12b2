"""Damage anywhere in a journal: never an exception of another kind, never a wrong state, the original kept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from eternal.engine.digests import digest
from eternal.saves.errors import SaveDamaged
from eternal.saves.parse import parse
from eternal.saves.save import Save
from eternal.saves.session import branch
from eternal.story.story import Story
from tests.saves.damage import flips, look, prefixes, tails
from tests.saves.nights import journal, random_night

JOURNALS = 20


@pytest.fixture(scope="module")
def journals(night: Story) -> list[bytes]:
    """Twenty short nights; `make torture` damages whole ones of the shipped story."""
    return [journal(random_night(night, seed, actions=5)) for seed in range(JOURNALS)]


def test_every_flipped_bit_is_found(journals: list[bytes]) -> None:
    """In the last line it is a torn end; before, a refusal that names the line."""
    found: Counter[str] = Counter()
    for data in journals:
        found.update(look(data, flipped)[0] for flipped in flips(data))
    assert found["whole"] == 0
    assert found["refused"] > found["cut"] > 0
    print(f"{found.total():,} flipped bits in {len(journals)} journals: {found['refused']:,} refused, {found['cut']:,} cut off")


def test_every_prefix_opens_as_a_beginning(journals: list[bytes]) -> None:
    """Cut anywhere after its first line, a journal is the night up to there; a line is whole though its line feed is gone."""
    for data in journals:
        for end, prefix in enumerate(prefixes(data)):
            bare = data[end : end + 1] == b"\n"
            lines = prefix.count(b"\n") + bare
            how = "whole" if bare or prefix[-1:] == b"\n" else "cut"
            assert look(data, prefix) == ((how, lines - 1) if lines else ("refused", 1))


def test_every_tail_of_zeros_is_cut(journals: list[bytes]) -> None:
    """What a file system leaves when it has a file's length but not its last bytes."""
    for data in journals:
        first = data.index(b"\n") + 1
        for end, zeroed in enumerate(tails(data)):
            assert look(data, zeroed)[0] == ("refused" if end < first else "cut")


def test_damaged_saves_open_with_a_notice_or_are_left_alone(night: Story, tmp_path: Path) -> None:
    """A cut save is played on and the file as it was is beside it; a refused one is as it was, byte by byte."""
    data = journal(random_night(night, 3, actions=6))
    path = tmp_path / "a.eternal"
    for number, flipped in enumerate(flips(data)):
        if number % 97:
            continue
        path.write_bytes(flipped)
        try:
            with Save.open(path, night) as save:
                assert "cut off; a.eternal.damaged" in save.notices[0]
                assert path.with_name(save.notices[0].split("; ")[1].split(" keeps")[0]).read_bytes() == flipped
                assert digest(night, save.game.state) == parse(flipped, "a").records[-1].state
        except SaveDamaged:
            assert path.read_bytes() == flipped
        for file in tmp_path.iterdir():
            file.unlink()


def test_a_player_can_go_on_from_before_the_damage(night: Story, tmp_path: Path) -> None:
    """In a new file, called after the step; the damaged one stays as it is."""
    data = bytearray(journal(random_night(night, 3, actions=8)))
    lines = data.split(b"\n")
    data[sum(len(line) + 1 for line in lines[:5]) + 9] ^= 1
    path = tmp_path / "night-1.eternal"
    path.write_bytes(data)
    with pytest.raises(SaveDamaged, match="line 6") as caught:
        Save.open(path, night)
    assert caught.value.before is not None
    with branch(night, path) as save:
        assert save.path == tmp_path / "night-1-from-4.eternal"
        assert len(save.game.actions) == 4
        save.game.act(save.game.possible()[0])
    assert path.read_bytes() == data
    with Save.open(tmp_path / "night-1-from-4.eternal", night) as save:
        assert len(save.game.actions) == 5
