"""Saves are for ever: journals of every released format replay to the same digests, and the seam for the next format works."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path

import pytest

from eternal.saves.errors import SaveError
from eternal.saves.fold import fold
from eternal.saves.format import FORMAT, seal
from eternal.saves.migrate import STEPS, Lines
from eternal.saves.parse import parse
from eternal.saves.replay import verify
from eternal.saves.save import Save, read_save
from eternal.story.load import load
from eternal.story.story import Story

GOLDEN = Path(__file__).parents[1] / "golden"
JOURNALS = sorted(GOLDEN.glob("format-*/*.eternal"))


def story_of(journal: Path) -> Story:
    """Return the story that a golden journal was played on, as it was then."""
    return load(GOLDEN / "packs" / read_save(journal).header.story, cached=False)


def test_every_format_has_its_journals_and_a_way_to_today() -> None:
    """A format change comes with its migration and its golden journals."""
    assert {path.parent.name for path in JOURNALS} == {f"format-{number}" for number in range(1, FORMAT + 1)}
    assert set(STEPS) == set(range(1, FORMAT))


def test_the_journals_are_those_that_were_recorded() -> None:
    """Nobody has recorded them again to make a test pass."""
    sums = {name: number for number, name in (line.split("  ") for line in (GOLDEN / "SUMS").read_text().splitlines())}
    found = {str(path.relative_to(GOLDEN)): blake2b(path.read_bytes(), digest_size=16).hexdigest() for path in JOURNALS}
    assert found == sums


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_golden_journal_replays_to_the_same_digests(path: Path) -> None:
    """Step by step."""
    story, parsed = story_of(path), read_save(path)
    folded = fold(story, parsed.header, parsed.records)
    assert folded.same_story
    assert (folded.stop, folded.diverged) == (None, None)
    verdict = verify(path, story)
    assert verdict.well, verdict.message


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_golden_journal_is_opened_and_played_on(path: Path, tmp_path: Path) -> None:
    """A player of today goes on where one of then stopped."""
    copy = tmp_path / "a.eternal"
    copy.write_bytes(path.read_bytes())
    with Save.open(copy, story_of(path)) as save:
        actions = len(save.game.actions)
        save.game.rewind(0) if save.game.is_over else save.game.act(save.game.possible()[0])
        assert save.trouble is None
    with Save.open(copy, story_of(path)) as save:
        assert len(save.game.actions) == actions + 1
        assert save.notices == []


# The seam, shown on two formats that never were. --------------------------------------------------------------------------


def before_first(lines: Lines) -> Lines:
    """Format 0 called things by other names, and had no numbers."""
    head = {**lines[0], "seed": lines[0]["chance"]}
    del head["chance"]
    return [head, *({"n": number, **line} for number, line in enumerate(lines[1:], start=1))]


def from_minus_one(lines: Lines) -> Lines:
    """And the one before it kept the digest elsewhere."""
    return [{**lines[0], "digest": lines[1]["digest"]}, *lines[2:]]


OLD = {-1: from_minus_one, 0: before_first}


def old_save(night: Story) -> bytes:
    """Return a night as format -1 would have it."""
    head = {"eternal": -1, "story": "night", "version": "1", "chance": 7, "locale": "en", "past": [], "created": ""}
    actions = [
        {"do": "choose", "id": "some", "in": "bedside", "state": "0" * 12},
        {"do": "rewind", "to": 0, "in": "pier", "state": "0" * 12},
    ]
    return b"".join(seal(json.dumps(line).encode()) for line in (head, {"digest": night.digest}, *actions))


def test_an_older_format_goes_through_every_step(night: Story) -> None:
    """One after the other, whatever each of them renames, moves or adds."""
    found = parse(old_save(night), "a.eternal", steps=OLD)
    assert (found.format, found.header.eternal, found.header.seed, found.header.digest) == (-1, 1, 7, night.digest)
    assert [record.what for record in found.records] == ["choose some", "rewind 0"]
    assert fold(night, found.header, found.records).stop is None


def test_an_older_format_is_cut_and_refused_like_any_other(night: Story) -> None:
    """Damage is found by the seals, before anything is understood."""
    data = old_save(night)
    assert parse(data[:-5], "a.eternal", steps=OLD).torn
    with pytest.raises(SaveError, match="line 3 is damaged"):
        parse(data.replace(b"some", b"same"), "a.eternal", steps=OLD)


def test_a_format_without_a_way_is_refused(night: Story) -> None:
    """An unknown one, a later one, and one whose step finds nonsense."""
    with pytest.raises(SaveError, match="no format -1"):
        parse(old_save(night), "a.eternal")
    with pytest.raises(SaveError, match="no format -1"):
        parse(old_save(night), "a.eternal", steps={0: before_first})
    with pytest.raises(SaveError, match="later version"):
        parse(seal(b'{"eternal":2}'), "a.eternal")
    with pytest.raises(SaveError, match="not a whole save"):
        parse(seal(b'{"eternal":0,"story":"night"}'), "a.eternal", steps=OLD)


def test_a_save_of_an_older_format_is_written_in_that_of_today(night: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what it was lies beside it."""
    for number, step in OLD.items():
        monkeypatch.setitem(STEPS, number, step)
    path = tmp_path / "a.eternal"
    path.write_bytes(old_save(night))
    with Save.open(path, night) as save:
        assert save.notices == ["a.eternal has been brought to the format of today; a.eternal.format--1 keeps what it was"]
        save.game.choose("all")
    assert path.with_name("a.eternal.format--1").read_bytes() == old_save(night)
    assert read_save(path).format == FORMAT
    assert verify(path, night).well
