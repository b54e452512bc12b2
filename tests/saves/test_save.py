"""Saves: what is written, when, and that a night comes back from it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from eternal.engine.digests import digest
from eternal.engine.game import Game
from eternal.errors import Refused
from eternal.saves.disk import Disk
from eternal.saves.errors import SaveDamaged, SaveError, SaveLocked
from eternal.saves.fold import fold
from eternal.saves.format import SaveHeader
from eternal.saves.parse import parse
from eternal.saves.replay import verify
from eternal.saves.save import Save, SaveStopped, records_of
from eternal.story.story import Story
from tests.conftest import PACKS
from tests.saves.nights import edited, recorded


@pytest.fixture
def saved(night: Story, tmp_path: Path) -> Path:
    """A night of some twenty actions, random, with words kept and a step taken back."""
    with Save.create(night, tmp_path / "night-1.eternal", seed=3) as save:
        chance = random.Random(5)
        for _ in range(12):
            if save.game.is_over:
                break
            save.game.act(chance.choice(save.game.possible()))
        save.game.rewind()
    assert save.path is not None
    return save.path


def test_an_action_is_on_the_disk_before_its_state_is_seen(night: Story, tmp_path: Path) -> None:
    """The recorder writes before the game moves."""
    with Save.create(night, tmp_path / "a.eternal") as save:
        wrote: list[bytes] = []
        inner = save.game.recorder
        assert inner is not None

        def recorder(*told: object) -> None:
            inner(*told)  # type: ignore[arg-type]
            wrote.append((tmp_path / "a.eternal").read_bytes())
            assert len(save.game.actions) == len(wrote) - 1

        save.game.recorder = recorder
        save.game.choose("all")
        save.game.keep("star")
    assert [data.count(b"\n") for data in wrote] == [2, 3]


def test_a_line_is_readable_and_small(saved: Path) -> None:
    """Every line is JSON, an action takes at most 200 bytes."""
    lines = saved.read_bytes().splitlines()
    assert all(json.loads(line) for line in lines)
    assert all(len(line) <= 200 for line in lines[1:])
    assert set(json.loads(lines[1])) == {"n", "do", "id", "in", "state", "sum"}


def test_opening_stands_where_the_night_stopped(saved: Path, night: Story) -> None:
    """The same state, the same way back."""
    parsed = parse(saved.read_bytes(), "x")
    direct = fold(night, parsed.header, parsed.records).game
    with Save.open(saved, night) as save:
        assert save.notices == []
        assert save.game.state == direct.state
        assert save.game.path() == direct.path()


def test_a_refused_action_is_never_recorded(saved: Path, night: Story) -> None:
    """The file does not change."""
    before = saved.read_bytes()
    with Save.open(saved, night) as save, pytest.raises(Refused):
        save.game.choose("nothing")
    assert saved.read_bytes() == before


def test_a_torn_tail_is_cut_with_a_notice_and_kept(saved: Path, night: Story) -> None:
    """Half a line at the end is cut off, the file as it was lies beside it, and the player is told."""
    whole = saved.read_bytes()
    saved.write_bytes(whole + b'{"n":99,"do":"choo')
    with Save.open(saved, night) as save:
        assert "cut off" in save.notices[0]
        save.game.rewind(0)
    assert saved.read_bytes().startswith(whole)
    assert saved.with_name("night-1.eternal.damaged").read_bytes().endswith(b'"choo')


def test_damage_in_the_middle_is_refused_with_its_line(saved: Path, night: Story) -> None:
    """Good lines after a bad one mean that something else than an interrupted writer was here."""
    lines = saved.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b'"n":3', b'"n":4')
    saved.write_bytes(b"".join(lines))
    before = saved.read_bytes()
    with pytest.raises(SaveDamaged, match="line 4") as caught:
        Save.open(saved, night)
    assert caught.value.line == 4
    assert saved.read_bytes() == before
    assert [file.name for file in saved.parent.iterdir() if file.is_file()] == ["night-1.eternal"]


def test_a_second_player_is_refused_and_told_who(saved: Path, night: Story) -> None:
    """One player on a save at a time."""
    with Save.open(saved, night), pytest.raises(SaveLocked, match="process"):
        Save.open(saved, night)
    Save.open(saved, night).close()


def test_the_lock_goes_with_its_process(saved: Path, night: Story) -> None:
    """A player that was killed holds nothing."""
    code = (
        "import os, sys; from eternal import Save, load\n"
        f"s = Save.open({str(saved)!r}, load({str(PACKS / 'night')!r})); print('held', flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "held\n"
    Save.open(saved, night).close()


def test_a_folder_that_cannot_be_written_lets_one_play_on(night: Story, tmp_path: Path) -> None:
    """The player is told, and the night goes on in memory."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    save = Save.create(night, blocked / "a.eternal")
    assert save.trouble
    assert "not being saved" in save.notices[0]
    save.game.choose("all")
    assert save.game.state.scene == "river"


def test_a_save_of_another_story_is_refused(saved: Path, cloak: Story) -> None:
    """A night belongs to its story."""
    with pytest.raises(SaveError, match="not of 'cloak'"):
        Save.open(saved, cloak)


@pytest.mark.parametrize(
    "junk", [b"", b"\n", b"{}\n", b"hello\n", b"\x00" * 400, b"{" * 70_000 + b"\n", b"\xff\xfe\n"], ids=lambda junk: repr(junk[:9])
)
def test_what_is_no_save_is_refused_in_one_line(tmp_path: Path, night: Story, junk: bytes) -> None:
    """Never an exception of another kind, and the file stays as it was."""
    file = tmp_path / "x.eternal"
    file.write_bytes(junk)
    with pytest.raises(SaveError) as caught:
        Save.open(file, night)
    assert "\n" not in caught.value.message
    assert file.read_bytes() == junk


def test_a_save_survives_edited_text(night: Story, tmp_path: Path) -> None:
    """Text may change freely: the night is carried over, and there is nothing to keep of what it was but its header."""
    path = recorded(night, tmp_path / "a.eternal", "some", "stay", "stay")
    story = edited(tmp_path, ("A pier, and", "Planks, and"), ("Hand over the shell alone.", "The shell."))
    with Save.open(path, story) as save:
        assert "carried over" in save.notices[0]
        assert save.game.state.scene == "pier"
        save.game.choose("stay")
    assert verify(path, story).message == "a.eternal: 4 steps verified, to 'wires'"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["a.eternal"]


def test_a_save_stops_at_a_named_step_where_the_ground_is_gone(night: Story, tmp_path: Path) -> None:
    """It says which step and why, stands at the last good point, and leaves the file alone."""
    path = recorded(night, tmp_path / "a.eternal", "some", "stay", "stay")
    before = path.read_bytes()
    story = edited(tmp_path, ("id: stay,", "id: remain,"))
    with pytest.raises(SaveStopped, match=r"step 2 \(choose stay in pier\)") as caught:
        Save.open(path, story)
    assert caught.value.folded.game.state.scene == "pier"
    assert path.read_bytes() == before


def test_a_declared_rename_carries_a_save_over(night: Story, tmp_path: Path) -> None:
    """`formerly` is all an author has to write; the save is written with the names of today, and what it was lies beside it."""
    path = recorded(night, tmp_path / "a.eternal", "some", "stay", "stay")
    before = path.read_bytes()
    story = edited(tmp_path, ("id: stay,", "id: remain, formerly: [stay],"))
    with Save.open(path, story) as save:
        assert len(save.game.actions) == 3
        assert "keeps what it was" in save.notices[0]
    assert b'"id":"remain"' in path.read_bytes()
    assert path.with_name(f"a.eternal.{night.digest[:6]}").read_bytes() == before


def test_verify_names_the_first_step_that_differs(night: Story, tmp_path: Path) -> None:
    """A digest that does not match is named with its step."""
    from eternal.saves.format import encode_header, encode_record

    game = Game(night)
    for choice in ("some", "stay", "stay"):
        game.choose(choice)
    records = list(records_of(game))
    records[1] = type(records[1]).of(2, records[1].action, records[1].scene, "0" * 12)
    header = SaveHeader(story="night", version="1", digest=night.digest, seed=0)
    path = tmp_path / "a.eternal"
    path.write_bytes(encode_header(header) + b"".join(map(encode_record, records)))
    verdict = verify(path, night)
    assert not verdict.well
    assert "step 2 (choose stay in pier) leads to another state" in verdict.message


def test_the_same_actions_give_the_same_digest_in_every_process(shipped: Story) -> None:
    """Twenty processes with different hash seeds agree on a random night of the shipped story."""
    code = (
        "import random; from eternal import Game, load; from eternal.engine.digests import digest; from eternal.story.load import SHIPPED\n"
        "g = Game(load(SHIPPED, cached=False), seed=11); r = random.Random(4)\n"
        "for _ in range(150):\n"
        "    if g.is_over: break\n"
        "    g.act(r.choice(g.possible()))\n"
        "print(digest(g.story, g.state))"
    )
    digests = set()
    for first in range(0, 20, 4):
        running = [
            subprocess.Popen([sys.executable, "-c", code], env={"PYTHONHASHSEED": str(n), "PATH": ""}, stdout=subprocess.PIPE, text=True)
            for n in range(first, first + 4)
        ]
        digests |= {process.communicate()[0] for process in running}
        assert all(process.returncode == 0 for process in running)
    assert len(digests) == 1
    game, chance = Game(shipped, seed=11), random.Random(4)
    for _ in range(150):
        if game.is_over:
            break
        game.act(chance.choice(game.possible()))
    assert digests == {digest(shipped, game.state) + "\n"}


def test_a_link_to_a_save_stays_a_link(saved: Path, night: Story, tmp_path: Path) -> None:
    """Opening it, mending it and playing on all happen where it leads."""
    link = tmp_path / "elsewhere" / "link.eternal"
    link.parent.mkdir()
    link.symlink_to(saved)
    saved.write_bytes(saved.read_bytes() + b"torn")
    with Save.open(link, night) as save:
        with pytest.raises(SaveLocked):
            Save.open(saved, night)
        save.game.rewind(0)
    assert link.is_symlink()
    assert list(link.parent.iterdir()) == [link]
    assert parse(saved.read_bytes(), "x").records[-1].what == "rewind 0"


def test_a_save_that_goes_another_way_on_the_same_story_is_carried_over(saved: Path, night: Story) -> None:
    """Lines of another night, well sealed, or a change of the rules: said, kept beside, and true from here on."""
    from eternal.saves.format import encode_record

    parsed = parse(saved.read_bytes(), "x")
    lines = saved.read_bytes().splitlines(keepends=True)
    record = parsed.records[4]
    lines[5] = encode_record(type(record).of(5, record.action, record.scene, "0" * 12))
    saved.write_bytes(b"".join(lines))
    with Save.open(saved, night) as save:
        assert save.notices[0].startswith("from step 5 on this night goes another way than it did; it has been carried over; ")
    assert verify(saved, night).well


def with_crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def with_a_mark(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def without_the_last_line_feed(data: bytes) -> bytes:
    return data.removesuffix(b"\n")


@pytest.mark.parametrize("spoil", [with_crlf, with_a_mark, without_the_last_line_feed, lambda data: with_a_mark(with_crlf(data)[:-2])])
def test_what_mail_and_editors_do_to_a_save_loses_no_action(saved: Path, night: Story, spoil: Callable[[bytes], bytes]) -> None:
    """CRLF, a byte-order mark, a last line without its end: the save is read whole, written as it was, and played on."""
    whole = saved.read_bytes()
    saved.write_bytes(spoil(whole))
    assert verify(saved, night).message.startswith("night-1.eternal: 13 steps verified")
    assert "damaged" not in verify(saved, night).message
    with Save.open(saved, night) as save:
        assert save.notices == []
        assert saved.read_bytes() == whole
        save.game.rewind(0)
    assert saved.read_bytes().startswith(whole)
    assert [file.name for file in saved.parent.iterdir() if file.is_file()] == ["night-1.eternal"]


def test_a_night_without_an_action_needs_no_line_feed(night: Story, tmp_path: Path) -> None:
    """Its header is its last line."""
    Save.create(night, tmp_path / "a.eternal").close()
    (tmp_path / "a.eternal").write_bytes((tmp_path / "a.eternal").read_bytes().rstrip())
    with Save.open(tmp_path / "a.eternal", night) as save:
        save.game.choose("all")
    assert parse((tmp_path / "a.eternal").read_bytes(), "a").records[0].what == "choose all"


def test_a_night_is_begun_through_a_link_that_leads_nowhere_yet(night: Story, tmp_path: Path) -> None:
    """The file it names is made, the link stays one, and nothing is said to be another night."""
    link, target = tmp_path / "link.eternal", tmp_path / "elsewhere" / "night.eternal"
    link.symlink_to(target)
    with Save.create(night, link) as save:
        save.game.choose("all")
        assert (save.notices, save.path) == ([], target)
    assert link.is_symlink()
    assert len(parse(link.read_bytes(), "x").records) == 1


def test_a_link_in_the_place_of_a_new_file_is_not_written_through(tmp_path: Path) -> None:
    """Somebody knows what the file will be called that takes the save's name: what their link leads to stays as it is."""
    precious = tmp_path / "precious"
    precious.write_text("thirty bytes or so")
    (tmp_path / f".a.eternal.{os.getpid()}.new").symlink_to(precious)
    Disk().write_file(tmp_path / "a.eternal", b"a save")
    assert (precious.read_text(), (tmp_path / "a.eternal").read_bytes()) == ("thirty bytes or so", b"a save")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.eternal", "precious"]
